"""A small deterministic language model: it reads the messages, the tools and the schema it is sent, and nothing else."""
