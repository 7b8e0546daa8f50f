"""Where evidence comes from: stored rows, whose they are, and what is left out of them."""
