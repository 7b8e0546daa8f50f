"""Commands to Redis that are asked most: gathered from many callers, over connections that are kept."""
