"""Company websites by Host header: hand-written, invented, and hostile ones."""
