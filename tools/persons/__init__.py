"""Persons: everything that is known of one human being, to be handed out or erased."""
