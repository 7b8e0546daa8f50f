"""Judging: models that look where code can't, and how far people's labels bear them out."""
