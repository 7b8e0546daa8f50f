"""Sentences that a model wrote about a company or a person, kept only when stored words carry them."""
