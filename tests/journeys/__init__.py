"""Whole ways through the product, over HTTP, as a person goes them."""
