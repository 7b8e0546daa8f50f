"""How a worker is watched: its schedule kept alive, its figures told."""
