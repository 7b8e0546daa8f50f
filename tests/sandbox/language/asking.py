"""What to ask next: finds what the brief says is missing and words a question nobody asked before."""

import re
from dataclasses import dataclass
from functools import cache

from tests.sandbox.language.lexicon import LANGUAGES, content, fold, language, name_words, words
from tests.sandbox.language.phrasing import cut, say, telling
from tests.sandbox.language.reading import BULLET, Passage, Reading, sentences
from tests.sandbox.language.relevance import Query

GAP = re.compile(
    r"\b(missing|not (?:yet )?known|unknown|still (?:open|needed|to)|open points?|to find out|gaps?|lacking"
    r"|ask (?:for|about|next)|unanswered)\b",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"\b(?:asked (?:before|already)|already asked|not (?:to be asked|ask) again)\b", re.IGNORECASE
)
DRAFTED = re.compile(r"question[^“\n]{0,24}:\s*“([^”]+\?)”", re.IGNORECASE)
QUESTIONS = frozenset({"question", "questions"})
"""Labels of data that holds what was asked before."""
NOTHING = re.compile(r"^\W*(?:nothing|none|no|n/a|empty|-)?\W*$|^(?:nothing|none)\b", re.IGNORECASE)
ORDER = (
    "buyer",
    "pain",
    "trigger",
    "company",
    "alternatives",
    "evidence",
    "price",
    "belief",
    "channel",
    "goal",
    "limit",
)


def missing(reading: Reading) -> list[str] | None:
    """The items that the instructions call missing, in their order; None when they hold no such list."""
    found = _listed(reading, GAP)
    told = [item for passage in reading.passages if _is_gap(passage) for item in _inline(passage.text)]
    if not found and not told and not any(_head(line, GAP) for line in reading.instructions.splitlines()):
        return None
    return list(dict.fromkeys([*found, *told]))


def _is_gap(passage: Passage) -> bool:
    return passage.origin == "data" and bool(GAP.search(passage.label))


def _head(line: str, pattern: re.Pattern[str]) -> bool:
    """Whether a line announces a list of what the pattern names."""
    head, colon, _ = _bare(line).partition(":")
    announces = colon or line.lstrip().startswith("#")
    return bool(
        announces and pattern.search(head) and len(words(head)) <= 12 and not ASKED.search(head)
    ) or bool(colon and pattern is ASKED and ASKED.search(head))


def _listed(reading: Reading, pattern: re.Pattern[str]) -> list[str]:
    """The items of all lists in the instructions that are announced so."""
    lines = reading.instructions.splitlines()
    items: list[str] = []
    for number, line in enumerate(lines):
        if _head(line, pattern):
            rest = _bare(line).partition(":")[2]
            items += _inline(rest) if rest.strip() else _bullets(lines[number + 1 :])
    return items


def question(reading: Reading, code: str, items: list[str] | None) -> str | None:
    """One question about the first missing thing that was not asked yet; None when nothing is left to ask."""
    asked = _asked(reading)
    if drafted := DRAFTED.search(reading.instructions):
        return drafted.group(1)
    wanted = items if items is not None else _untold(reading)
    for fresh_subject in (True, False):
        for item in wanted:
            subject = Query().add(item.split(":")[0], 3).add(item, 1).main_meaning
            options = language(code)["meanings"][subject]["ask"] if subject else [_about(item, code)]
            if fresh_subject and subject and subject in asked.subjects:
                continue
            for option in options:
                if fold(option) not in asked.said:
                    return str(option)
    if not wanted:
        return None
    for turn in range(3):
        option = say(code, "deeper", telling(cut(reading.latest, 40)), turn=turn)
        if reading.latest and fold(option) not in asked.said:
            return option
    return None


@dataclass(frozen=True)
class Asked:
    """The questions of earlier answers: all that was said, folded, and the subjects that were asked about."""

    said: str
    subjects: frozenset[str]


def _asked(reading: Reading) -> Asked:
    subjects = {Query().add(item, 1).main_meaning or "" for item in _listed(reading, ASKED)}
    for text in reading.assistants:
        for sentence in sentences(text):
            if sentence.rstrip('"”»“ ').endswith("?"):
                subjects.add(
                    _known_questions().get(fold(sentence)) or Query().add(sentence, 1).main_meaning or ""
                )
    earlier = [passage.text for passage in reading.passages if QUESTIONS & set(words(passage.label))]
    return Asked(fold("\n".join([*reading.assistants, *earlier])), frozenset(subjects))


@cache
def _known_questions() -> dict[str, str]:
    return {
        fold(option): meaning
        for code in LANGUAGES
        for meaning, entry in language(code)["meanings"].items()
        for option in entry["ask"]
    }


def _untold(reading: Reading) -> list[str]:
    """Subjects of which the user said little so far, in the usual order."""
    told = [content(text)[1] for user in reading.users for text in sentences(user)]
    return [subject for subject in ORDER if sum(subject in meanings for meanings in told) < 2]


def _about(item: str, code: str) -> str:
    return say(code, "ask_item", cut(name_words(item.split(":", maxsplit=1)[0]), 12))


def last_question(reading: Reading) -> str | None:
    """The newest question of a reply that is shown as the model's own and not answered yet."""
    shown = [
        passage.text for passage in reading.passages if passage.origin == "assistant" and _is_reply(passage)
    ]
    return _last_asked(shown)


def answered_question(reading: Reading) -> str | None:
    """The question that the user's newest message answers."""
    shown = [
        passage.text
        for passage in reading.passages
        if passage.origin == "assistant" and not _is_reply(passage)
    ]
    said = [sentence for text in reading.assistants for sentence in sentences(text)]
    return _last_asked([*shown, *said])


def _is_reply(passage: Passage) -> bool:
    return "reply" in words(passage.label)


def _last_asked(texts: list[str]) -> str | None:
    return next((text for text in reversed(texts) if text.rstrip('"”»“ ').endswith("?")), None)


def subject_of(question: str) -> str | None:
    """What a question asks about."""
    return _known_questions().get(fold(question)) or Query().add(question, 1).main_meaning


def _inline(rest: str) -> list[str]:
    if NOTHING.match(rest):
        return []
    pieces = re.split(r"[,;]|\band\b", rest) if len(words(rest)) > 1 else [rest]
    short = [piece.strip(' .`*“”"') for piece in pieces]
    return [piece for piece in short if piece and len(words(piece)) <= 8]


def _bullets(lines: list[str]) -> list[str]:
    items = []
    for line in lines:
        if not line.strip() and not items:
            continue
        if not BULLET.match(line):
            break
        item = _bare(line)
        if not NOTHING.match(item):
            items.append(item)
    return items


def _bare(line: str) -> str:
    return BULLET.sub("", line.strip()).strip("#*` ").strip()
