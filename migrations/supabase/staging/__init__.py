"""The copy of the source beside our tables: what is read, put in order and made ready to be mapped."""
