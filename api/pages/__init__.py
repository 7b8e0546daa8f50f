"""Pages for browsers: the console."""
