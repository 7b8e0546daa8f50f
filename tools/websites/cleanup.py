"""A page's text without its clutter: a model marks what stays, code sees to it that nothing is added."""

import asyncio
import re
from collections.abc import Iterator

import structlog

import prompts
from tools.errors import ProviderUnavailable
from tools.experiments.evidence import fold
from tools.providers.models.router import ModelRouter
from tools.providers.models.usage import UsageMeter
from tools.providers.website.reader import Page

log = structlog.get_logger(__name__)

PROMPT = "website/cleanup"
MAX_INPUT = 40_000
"""Characters of a page that the model sees; the prompt cuts there."""
CLEANUP_SECONDS = 15.0
"""Seconds for a page: one that is not cleaned by then stays as extracted."""
NO_CONTENT = "NO CONTENT:"
SMALLEST_SHARE = 0.5
"""Of the model's characters, how many must stand on the page; below this it made things up, and nothing of it is used."""

_MARKS = re.compile(r"^(?:\s*(?:#{1,6}|[-*+>]|\d{1,3}[.)])\s+)+")
_TABLE_RULE = re.compile(r"^\s*\|?[\s:|-]+\|?\s*$")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_EMPHASIS = re.compile(r"\*\*|__|`")


async def clean_in_time(page: Page, models: ModelRouter, meter: UsageMeter) -> str | None:
    """As `clean_page`; None, too, when the model takes too long."""
    try:
        async with asyncio.timeout(CLEANUP_SECONDS):
            return await clean_page(page, models, meter)
    except TimeoutError:
        log.warning("website.cleanup_late")
        return None


async def clean_page(page: Page, models: ModelRouter, meter: UsageMeter) -> str | None:
    """The page's text without menus and repetitions; None when the model failed or did not keep to the page."""
    if len(page.text) > MAX_INPUT:
        return None
    prompt = prompts.render(PROMPT, url=page.url, title=page.title or "", text=page.text)
    request = "Clean up the page above. Answer with its Markdown only."
    try:
        pieces = [
            piece
            async for piece in models.stream(prompt, [{"role": "user", "content": request}], meter=meter)
        ]
    except ProviderUnavailable as failure:
        log.warning("website.cleanup_failed", code=failure.error_code)
        return None
    return faithful("".join(pieces), page.text)


def faithful(answer: str, page: str) -> str | None:
    """The lines and sentences of `answer` that stand in `page`; None when that is too little to trust the rest."""
    if not answer.strip() or answer.lstrip().startswith(NO_CONTENT):
        return None
    whole = fold(page)
    lines = [_kept(line, whole) for line in answer.splitlines()]
    kept = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if not kept or len(kept) < SMALLEST_SHARE * len(answer.strip()):
        log.warning("website.cleanup_unfaithful", answered=len(answer), kept=len(kept))
        return None
    return kept


def _kept(line: str, whole: str) -> str:
    """The line if the page says it, else those of its sentences that the page says."""
    if not line.strip() or _TABLE_RULE.match(line) or all(cell in whole for cell in _cells(line)):
        return line.rstrip()
    marks = _MARKS.match(line)
    sentences = _SENTENCE_END.split(line[marks.end() :] if marks else line)
    said = " ".join(sentence for sentence in sentences if fold(_EMPHASIS.sub("", sentence)) in whole)
    return f"{marks[0] if marks else ''}{said}".rstrip() if said.strip() else ""


def _cells(line: str) -> Iterator[str]:
    """The words of a line without Markdown's marks, a table's cells one by one."""
    bare = _EMPHASIS.sub("", _MARKS.sub("", line)).strip()
    cells = bare.strip("|").split("|") if bare.startswith("|") else [bare]
    return (fold(cell) for cell in cells)
