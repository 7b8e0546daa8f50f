"""Many leads enriched together: what is plain about them is written by a few statements for all, the rest goes one by one."""
