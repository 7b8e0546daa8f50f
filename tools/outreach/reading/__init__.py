"""A draft read by code: its sentences, what each names, and whether stored evidence carries it."""
