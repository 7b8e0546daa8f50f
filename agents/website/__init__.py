"""The graph that reads a company's website."""
