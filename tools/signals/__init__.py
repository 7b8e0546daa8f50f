"""Signals: what was noticed about a lead, each with a citation to where it stands."""
