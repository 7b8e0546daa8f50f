"""The clock."""

from datetime import UTC, timedelta

from persistence.types import utc_now


def test_the_time_is_aware_and_in_utc() -> None:
    assert utc_now().tzinfo is UTC
    assert utc_now() - utc_now() < timedelta(seconds=1)
