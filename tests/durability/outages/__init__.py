"""What befalls the servers under plain requests."""
