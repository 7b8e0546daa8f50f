"""Watching which way a run takes, from outside: the product's graphs and prompts know nothing of it."""
