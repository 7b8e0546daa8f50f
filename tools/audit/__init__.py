"""The audit log: who changed what that matters, and from what to what."""
