"""What is logged, how it is cleaned, and what may be in it at all."""
