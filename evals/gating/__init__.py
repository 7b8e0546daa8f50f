"""Gating: two runs compared, and whether the later one may go out. Reads files only."""
