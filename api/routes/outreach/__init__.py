"""Outreach that a model writes: for one lead, for many, at once, streamed, or as a job."""
