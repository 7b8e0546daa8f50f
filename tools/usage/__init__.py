"""What work cost, by workspace and day."""
