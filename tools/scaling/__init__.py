"""Scaling a campaign: what works gets more leads, found, enriched and written to by one job."""
