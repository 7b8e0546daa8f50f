"""What a run went through, on the page: by group what was hit, what never was, and what no run can hit."""

from collections.abc import Mapping, Sequence
from html import escape

from evals.analysis.coverage import OPEN, Coverage
from evals.runs.ways import by_place


def coverage_html(found: Coverage) -> str:
    """The section."""
    beyond: dict[str, dict[str, list[str]]] = {}
    for (group, why), names in found.out_of_reach().items():
        beyond.setdefault(group, {})[why] = names
    never = found.never()
    rows = "".join(
        _row(group, hits, never.get(group, []), beyond.get(group, {})) for group, hits in found.hits.items()
    )
    note = (
        ""
        if found.replayed
        else '<p class="note">Graph edges and template branches: not recorded in this run.</p>'
    )
    heads = "<tr><th></th><th>hit, and how often</th><th>never hit</th></tr>"
    return f'<h2>Coverage</h2><table id="coverage"><thead>{heads}</thead><tbody>{rows}</tbody></table>{note}'


def _row(group: str, hits: Mapping[str, int], never: list[str], beyond: Mapping[str, Sequence[str]]) -> str:
    taken = {name: count for name, count in hits.items() if count}
    title = f"{len(taken)}" if group in OPEN else f"{len(taken)} of {len(hits)}"
    missed = _folded(f"{len(never)}", _names(dict.fromkeys(never, 0)), "never") if never else ""
    reasons = "".join(
        f'<p class="note">{escape(why)}</p>{_names(dict.fromkeys(names, 0))}' for why, names in beyond.items()
    )
    unreachable = _folded(f"{sum(map(len, beyond.values()))} out of reach", reasons) if beyond else ""
    return f"<tr><td>{escape(group)}</td><td>{_folded(title, _names(taken))}</td><td>{missed}{unreachable}</td></tr>"


def _folded(title: str, inside: str, kind: str = "") -> str:
    mark = f' class="{kind}"' if kind else ""
    return f"<details{mark}><summary>{escape(title)}</summary>{inside}</details>"


def _names(counts: Mapping[str, int]) -> str:
    """A line a graph or template, each of its names with how often it was hit."""
    lines = []
    for place, found in by_place(dict.fromkeys(counts, "")).items():
        ways = " ".join(_way(name, counts[f"{place}: {name}" if place else name]) for name in found)
        lines.append(f"<li>{f'<b>{escape(place)}</b> ' if place else ''}{ways}</li>")
    return f"<ul>{''.join(lines)}</ul>"


def _way(name: str, count: int) -> str:
    return f'<span class="way">{escape(name)}{f" <i>{count}</i>" if count else ""}</span>'
