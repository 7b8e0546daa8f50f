"""Bulk work beside its limit."""
