"""Work in the background: Postgres holds the truth, a queue message is a hint, Redis shows progress."""
