"""How well a lead fits its experiment: counted from stored fields, never guessed."""
