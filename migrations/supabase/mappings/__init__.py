"""What becomes of each table of the source: one declaration a table of ours, from which moving and verifying are made."""
