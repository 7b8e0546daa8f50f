"""What a writer of messages is told, what keeps one from writing, and what it hands in: plain values, no judgement."""
