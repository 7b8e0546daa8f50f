"""Two people saving at once: who names the version they read is told when it is no longer the newest."""

from persistence.models.entity import Versioned
from tools.errors import StaleVersion


def require_version(entity: Versioned, expected: int | None) -> None:
    """Raise StaleVersion unless `expected` is the entity's version; None means the last write wins.

    Read the entity with `for_update=True` first, so that it can't change between this check and the write.
    """
    if expected is not None and entity.version != expected:
        raise stale(entity.version)


def stale(current: int) -> StaleVersion:
    """What is said to who names another version than the newest."""
    return StaleVersion(
        "Somebody saved in between. Read it again and repeat the change.", extra={"currentVersion": current}
    )
