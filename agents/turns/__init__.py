"""What a turn is made of: its log, its readers, its lease-checked checkpoints. `agents/runner.py` puts them together."""
