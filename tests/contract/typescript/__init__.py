"""A client generated from the OpenAPI document, as a stranger would make it."""
