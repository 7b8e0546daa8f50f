"""The schema's history (Alembic), run by `persistence/schema.py`."""
