"""A long mixed load on one API process and one worker."""
