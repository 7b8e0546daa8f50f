"""The graph that reads somebody's posts."""
