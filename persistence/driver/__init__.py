"""Statements past SQLAlchemy, on the connections of asyncpg itself: for the few that are asked most."""
