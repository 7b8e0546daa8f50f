"""Suppressions: whom a workspace must not write to."""
