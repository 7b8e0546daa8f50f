"""The checks of a draft, a file a subject."""
