"""Campaigns: reaching the people of one experiment, what happened on the way, and the counters."""
