"""What companies' websites say: read, cleaned up, kept with date."""
