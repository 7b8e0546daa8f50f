"""The words of a model, compared with what it was shown."""
