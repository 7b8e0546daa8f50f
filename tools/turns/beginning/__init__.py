"""How a turn begins: who may, and a talk that begins with it."""
