"""Versions that follow one another, and backups."""
