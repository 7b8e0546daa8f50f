"""Experiments: targeting hypotheses that results can tell apart."""
