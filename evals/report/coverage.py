"""What a run went through, on the page: by group what was hit, what never was, and what no run can hit."""

from collections.abc import Mapping
from html import escape

from evals.analysis.coverage import OPEN, Coverage
from evals.runs.ways import by_place


def coverage_html(found: Coverage) -> str:
    """The section."""
    beyond: dict[str, str] = {}
    for (group, why), names in found.out_of_reach().items():
        said = f'<p class="note">Out of reach, {escape(why)}:</p>{_names(dict.fromkeys(names, ""))}'
        beyond[group] = beyond.get(group, "") + said
    never = found.never()
    rows = "".join(
        _row(group, hits, never.get(group, []), beyond.get(group, "")) for group, hits in found.hits.items()
    )
    note = (
        ""
        if found.replayed
        else '<p class="note">Graph edges and template branches: not recorded in this run.</p>'
    )
    heads = "<tr><th></th><th>hit</th><th>never hit</th></tr>"
    return f'<h2>Coverage</h2><table id="coverage"><thead>{heads}</thead>{rows}</table>{note}'


def _row(group: str, hits: Mapping[str, int], never: list[str], beyond: str) -> str:
    taken = {name: f" {count}" for name, count in hits.items() if count}
    title = f"{len(taken)}" if group in OPEN else f"{len(taken)} of {len(hits)}"
    missed = _folded(f"{len(never)}", _names(dict.fromkeys(never, ""))) if never else ""
    unreachable = _folded("out of reach", beyond) if beyond else ""
    return f"<tr><td>{escape(group)}</td><td>{_folded(title, _names(taken))}</td><td>{missed}{unreachable}</td></tr>"


def _folded(title: str, inside: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{inside}</details>"


def _names(names: Mapping[str, str]) -> str:
    """A line a graph or template."""
    lines = (
        f"<li>{f'<b>{escape(place)}</b> ' if place else ''}{escape('; '.join(found))}</li>"
        for place, found in by_place(names).items()
    )
    return f"<ul>{''.join(lines)}</ul>"
