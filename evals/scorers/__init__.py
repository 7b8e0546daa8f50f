"""Scorers: what is looked at in a run. Each says pass, fail, n/a or error, why, and at which turn."""
