"""Letters to one person: what the model writes when its brief asks for a message or a `DECLINE:`."""
