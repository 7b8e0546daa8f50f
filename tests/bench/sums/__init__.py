"""What measured costs add up to."""
