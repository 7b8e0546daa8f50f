"""Coverage as text: what was hit and how often, what never was, and what no run can hit."""

from collections.abc import Iterator, Mapping

from evals.analysis.coverage import OPEN, Coverage
from evals.runs.ways import by_place

NOT_REPLAYED = (
    "graph edges, template branches: only a replay goes through them, and its run says which: "
    "./quiver evals run all --mode forced --sandbox --name ways; ./quiver evals coverage ways"
)


def coverage_text(found: Coverage) -> str:
    """Three parts: hit, never hit, out of reach."""
    lines = ["hit"]
    for group, hits in found.hits.items():
        taken = sorted(((name, count) for name, count in hits.items() if count), key=lambda item: -item[1])
        title = f"{group}, {len(taken)}" if group in OPEN else f"{group}, {len(taken)} of {len(hits)}"
        lines += _group(title, {name: f" {count}" for name, count in taken})
    if not found.replayed:
        lines.append(f"  {NOT_REPLAYED}")
    lines += ["", "never hit"]
    for group, names in found.never().items():
        lines += _group(f"{group}, {len(names)}", dict.fromkeys(names, ""))
    if beyond := found.out_of_reach():
        lines += ["", "out of reach of every run"]
        for (group, why), names in beyond.items():
            lines += _group(f"{group}, {len(names)} ({why})", dict.fromkeys(names, ""))
    return "\n".join(lines)


def _group(title: str, names: Mapping[str, str]) -> Iterator[str]:
    """A line, or under the title a line a place."""
    places = by_place(names)
    if not places.keys() - {""}:
        yield f"  {title}: {', '.join(places.get('', [])) or 'none'}"
        return
    yield f"  {title}"
    for place, found in sorted(places.items()):
        yield f"    {place}: {'; '.join(found)}"
