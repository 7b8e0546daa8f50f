"""The discovery talk: a conversation that ends in a set of experiments. `graph.py` shows all of it."""
