"""The sender profile: who writes the outreach, and what a draft may say about us."""
