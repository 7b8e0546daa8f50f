"""Exports: what a workspace holds, as a file to take away."""
