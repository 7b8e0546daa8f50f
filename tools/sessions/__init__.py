"""Discovery sessions as people read them: list, history, completion, feedback."""
