"""The product behind PgBouncer in transaction mode."""
