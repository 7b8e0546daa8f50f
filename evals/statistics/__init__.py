"""Paired statistics over tenants: is a difference real, how large may it be, and what could have been seen at all."""
