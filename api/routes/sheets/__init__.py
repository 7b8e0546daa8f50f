"""Tables that are sent in, and files that are taken away."""
