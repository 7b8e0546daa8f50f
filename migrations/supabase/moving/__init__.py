"""Bringing over: what may come, the rows themselves, the counters, and the order of it all."""
