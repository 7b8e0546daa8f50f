"""Holm's correction: with many metrics some look bad by chance; together they false-alarm no more often than one."""

from collections.abc import Mapping


def adjusted(p_values: Mapping[str, float]) -> dict[str, float]:
    """The p-values after correction, by the same names."""
    ordered = sorted(p_values, key=lambda name: p_values[name])
    found: dict[str, float] = {}
    least = 0.0
    for place, name in enumerate(ordered):
        least = max(least, min(1.0, (len(ordered) - place) * p_values[name]))
        found[name] = least
    return found
