"""Onboarding: what the founder tells about the company."""
