"""Runs: what was produced for each case, and what scorers made of it, in one append-only file a run."""
