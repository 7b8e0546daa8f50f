"""Access to rows by six methods: get, get_all, create, update, delete, count."""

from persistence.repositories.repository import Repository

__all__ = ["Repository"]
