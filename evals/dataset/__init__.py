"""The data set: conversations in the form `conv/1`, one a line, read and held to their rules."""
