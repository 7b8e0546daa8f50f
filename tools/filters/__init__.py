"""Filters whose count lies in a band: what may be moved, how far, and in which order; code decides, no model does."""
