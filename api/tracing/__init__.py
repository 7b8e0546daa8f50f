"""Spans on their way out of the process."""
