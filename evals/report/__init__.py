"""The report: two runs on one page that opens from disk and asks no other host for anything."""
