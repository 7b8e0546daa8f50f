"""Messages to leads: written from evidence, checked by code, revised, then kept or declined."""
