"""Our database, and the schema in it that remembers what was brought."""
