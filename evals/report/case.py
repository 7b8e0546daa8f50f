"""One case on the page: both talks beside each other, the first difference marked, the scores, the experiments by kind."""

from collections.abc import Iterator, Sequence
from html import escape

from evals.dataset.conversation import Conversation
from evals.gating.comparison import Comparison
from evals.judging.standing import why_grey
from evals.report.alignment import Card, Pair, aligned, cards, word_diff
from evals.runs.file import Result
from evals.scorers.score import Score

HIDDEN = "The text of hold-out cases is not shown."
MOST_REASONS = 6


def case_html(case: Conversation | None, before: Result | None, after: Result, found: Comparison) -> str:
    """The case as a part that can be opened; open when something in it is newly broken."""
    item = after.item
    broken = [change for change in found.broken if change.case == item.case]
    chips = "".join(
        f'<span class="chip">{escape(tag)}</span>'
        for tag in (item.suite, item.cluster, item.origin, *item.tags)
    )
    marks = "".join(f'<span class="chip no">{escape(change.scorer)}</span>' for change in broken)
    inner = (
        f'<p class="scores note">{HIDDEN}</p>'
        if item.split == "holdout"
        else "".join([_turns(case, before, after), _made(before, after), _error(after)])
    )
    return (
        f'<details class="case" id="{escape(item.case)}"{" open" if broken else ""}><summary><h3>{escape(item.case)}</h3>{chips}{marks}'
        f"</summary>{inner}{_scores(before, after)}</details>"
    )


def _turns(case: Conversation | None, before: Result | None, after: Result) -> str:
    pairs = aligned(case, before.item.output if before else None, after.item.output)
    if not pairs:
        return ""
    heads = '<div class="head left">before</div><div class="head">after</div>'
    return f'<div class="turns">{heads}{"".join(map(_pair, pairs))}</div>'


def _pair(pair: Pair) -> str:
    mark = '<div class="parts">here the two part for the first time</div>' if pair.parts else ""
    who = f'<span class="who">{pair.i} · {"founder" if pair.role == "user" else "agent"}</span>'
    if pair.before is not None and pair.after is not None and pair.before.split() == pair.after.split():
        return f'{mark}<div class="{pair.role} whole">{who}{escape(pair.after)}</div>'
    old, new = _both(pair)
    return f'{mark}<div class="{pair.role} left">{who}{old}</div><div class="{pair.role}">{who}{new}</div>'


def _both(pair: Pair) -> tuple[str, str]:
    if pair.before is None or pair.after is None:
        return escape(pair.before or "–"), escape(pair.after or "–")
    pieces = word_diff(pair.before, pair.after)
    old = "".join(
        f"<del>{escape(text)}</del>" if kind == "gone" else escape(text)
        for kind, text in pieces
        if kind != "new"
    )
    new = "".join(
        f"<ins>{escape(text)}</ins>" if kind == "new" else escape(text)
        for kind, text in pieces
        if kind != "gone"
    )
    return old, new


def _made(before: Result | None, after: Result) -> str:
    """Experiments as cards, messages as they would be sent, filters by their count."""
    old = before.item.output.artifacts if before else None
    new = after.item.output.artifacts
    parts = []
    if new.experiments or (old and old.experiments):
        found = cards((old.experiments if old else None) or [], new.experiments or [])
        parts.append(f'<div class="cards">{"".join(map(_card, found))}</div>')
    if new.outreach or (old and old.outreach):
        texts = [_message(side.outreach) if side else "–" for side in (old, new)]
        parts.append(f'<div class="turns"><div class="left">{texts[0]}</div><div>{texts[1]}</div></div>')
    if new.filters:
        counts = " → ".join(str(step.count) for step in new.filters.steps)
        parts.append(f'<p class="scores note">counted {escape(counts)}; ends at {new.filters.count}</p>')
    return "".join(parts)


def _card(card: Card) -> str:
    fields = "".join(
        f"<dt>{escape(change.field)}</dt><dd><del>{escape(change.before)}</del> <ins>{escape(change.after)}</ins></dd>"
        if change.changed
        else f"<dt>{escape(change.field)}</dt><dd>{escape(change.after)}</dd>"
        for change in card.fields
        if change.before or change.after
    )
    tone = "ok" if card.verdict == "same" else "no"
    return f'<div class="card" data-kind="{card.kind}"><h3>{card.kind} <span class="chip {tone}">{escape(card.verdict)}</span></h3><dl>{fields}</dl></div>'


def _message(messages: Sequence[object]) -> str:
    said = []
    for message in messages:
        declined, subject, body = (getattr(message, name) for name in ("declined", "subject", "body"))
        said.append(
            f"declined: {declined}"
            if declined
            else f"{f'Subject: {subject}' if subject else ''}\n\n{body}".strip()
        )
    return escape("\n\n".join(said)) or "–"


def _error(after: Result) -> str:
    error = after.item.output.error
    return f'<p class="scores no">{escape(error)}</p>' if error else ""


def _scores(before: Result | None, after: Result) -> str:
    """A chip for each scorer that had something to look at, and the reasons of those that failed."""
    old = {score.scorer for score in (before.scores if before else ()) if score.verdict in {"fail", "error"}}
    chips = "".join(_chips(after.scores, old))
    reasons = [
        f"{score.scorer}{f' (turn {score.turn})' if score.turn is not None else ''}: {score.reason}"
        for score in after.scores
        if score.verdict in {"fail", "error"} and after.item.split != "holdout"
    ]
    why = "".join(f'<span class="why">{escape(reason)}</span>' for reason in reasons[:MOST_REASONS])
    return f'<div class="scores">{chips}{why}</div>'


def _chips(scores: Sequence[Score], failed_before: set[str]) -> Iterator[str]:
    seen: dict[str, bool] = {}
    grey = {score.scorer for score in scores if score.by and why_grey(score.scorer, {score.by})}
    for score in scores:
        if score.value is not None or score.verdict == "error":
            seen[score.scorer] = seen.get(score.scorer, True) and score.verdict not in {"fail", "error"}
    for name, good in sorted(seen.items(), key=lambda item: item[1]):
        turned = "" if good == (name not in failed_before) else " ↓" if not good else " ↑"
        tone = "grey" if name in grey else "ok" if good else "no"
        yield f'<span class="chip {tone}">{escape(name)}{turned}</span>'
