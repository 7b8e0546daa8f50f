"""Where the old data is: a Postgres database, read in one snapshot, or a folder of exported files."""
