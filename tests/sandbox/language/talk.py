"""Free text: takes up what the user said, answers from what was read, asks what is missing; or writes what it was told to."""

import re

from tests.sandbox.language import asking
from tests.sandbox.language.lexicon import LANGUAGES, content, detect, fold, language, words
from tests.sandbox.language.phrasing import cut, say, sentence, telling
from tests.sandbox.language.reading import Passage, Reading, sentences
from tests.sandbox.language.relevance import SUPPORT, Query, Used, best, rank

ASKS = re.compile(r"\b(ask|asks|question|questions)\b", re.IGNORECASE)
LANGUAGE_HINT = re.compile(r"\b(?:language|Sprache|langue|idioma|writes? in)\b\W{1,6}(\w+)", re.IGNORECASE)
REPORT = frozenset({"report", "outcome", "result"})
WORD_LIMIT = re.compile(
    r"\b(?:at most|no more than|up to|under|max(?:imum)?(?: of)?)\s+(\d{2,4})\s+words", re.IGNORECASE
)
DEFAULT_WORDS = 160


def language_of(reading: Reading) -> str:
    """The language to answer in: the user's, else the one the instructions name, else the data's, else English."""
    if found := detect(reversed(reading.users)):
        return found
    for hint in LANGUAGE_HINT.findall(reading.instructions):
        for code in LANGUAGES:
            if fold(hint) in {fold(name) for name in language(code)["name"]}:
                return code
    return detect(passage.text for passage in reading.facts()) or "en"


def speak(reading: Reading) -> str:
    """The answer in free text."""
    code = language_of(reading)
    if reading.tool_results:
        return _report(reading, code)
    items = asking.missing(reading)
    if items is None and not ASKS.search(reading.instructions) and reading.instructions:
        return write(reading, word_limit(reading.instructions))
    return converse(reading, code, items)


def converse(reading: Reading, code: str, items: list[str] | None) -> str:
    """Takes up the latest message (or answers it), and asks one question."""
    turn = len(reading.assistants)
    reported = [passage.text for passage in reading.facts() if REPORT & set(words(passage.label)[:1])]
    if reported:
        return f"{say(code, 'done', '; '.join(cut(text, 24) for text in reported[:3]))} {say(code, 'offer')}"
    parts = []
    if reading.latest.rstrip().endswith("?"):
        parts.append(answer(reading, code))
    elif len(words(reading.latest)) >= 3:
        heard = telling(max(sentences(reading.latest), key=lambda part: len(words(part[:200]))))
        parts.append(say(code, "heard", heard, turn=turn))
    fitting = related(reading)
    if fitting and not reading.latest.rstrip().endswith("?"):
        parts.append(say(code, "fits", cut(fitting.text, 18), turn=turn))
    parts.append(asking.question(reading, code, items) or closing(reading, code))
    return " ".join(parts)


def closing(reading: Reading, code: str) -> str:
    """When nothing is left to ask: offers to go on, once; then waits."""
    offered = say(code, "enough")
    return say(code, "ready") if fold(offered) in fold("\n".join(reading.assistants)) else offered


def answer(reading: Reading, code: str) -> str:
    """What was read about the user's question, quoted; or that nothing was."""
    asked = Query().add(reading.latest, 2)
    mine = set(sentences(reading.latest))
    known = list({passage.text: passage for passage in reading.facts() if passage.text not in mine}.values())
    listed = [passage for passage in known if passage.item and asked.stems.keys() & passage.label_content[0]]
    if len(listed) >= 2:
        return say(code, "found", "; ".join(f"“{cut(passage.text, 18)}”" for passage in listed[:6]))
    ranked = sorted(rank(known, asked, Used(), quoted=False), key=lambda pair: (-pair[0], pair[1].order))
    found = [passage for _, passage in ranked if asked.support(passage) >= SUPPORT][:2]
    if not found:
        return say(code, "nothing")
    return say(code, "found", "; ".join(f"“{cut(passage.text, 18)}”" for passage in found))


def related(reading: Reading) -> Passage | None:
    """Something in the data that goes with the latest message, unless it was said already."""
    said = fold("\n".join(reading.assistants))
    data = [
        passage
        for passage in reading.facts()
        if passage.origin == "data"
        and 4 <= passage.length <= 40
        and fold(cut(passage.text, 18)) not in said
        and passage.text not in reading.latest
    ]
    passage, support = best(data, Query().add(reading.latest, 1), Used())
    return passage if passage and (support >= SUPPORT or not reading.assistants) else None


def write(reading: Reading, limit: int) -> str:
    """A text of the facts that were read, in their order, of at most `limit` words."""
    kept: list[Passage] = []
    left = limit
    seen: set[str] = set()
    for passage in sorted(reading.facts(), key=_weight, reverse=True):
        if passage.text.endswith("?") or passage.length > left or fold(passage.text) in seen:
            continue
        kept.append(passage)
        seen.add(fold(passage.text))
        left -= passage.length
    text = " ".join(sentence(passage.text) for passage in sorted(kept, key=lambda passage: passage.order))
    return text or sentence(cut(reading.everything, 20))


def word_limit(text: str) -> int:
    """The number of words that the instructions allow."""
    found = WORD_LIMIT.search(text)
    return int(found.group(1)) if found else DEFAULT_WORDS


def suggestions(reading: Reading, code: str) -> list[str]:
    """Replies that the user could send: answers to the newest question, else what one says to a proposal."""
    asked = asking.last_question(reading)
    subject = asking.subject_of(asked) if asked else None
    known = language(code)
    if subject is None:
        return list(known["say"]["next"])
    return [sentence(str(option)) for option in known["meanings"][subject]["propose"][:2]] + [
        known["say"]["unsure"]
    ]


def opening(reading: Reading, code: str) -> str:
    """The beginning of a reply."""
    starters: list[str] = language(code)["starters"]
    return f"{starters[len(reading.users) % len(starters)]} …"


def offer(reading: Reading, code: str) -> str:
    """Says what something just made rests on, and that it can be changed."""
    fact, _ = best(reading.facts(), Query().add(reading.latest, 1), Used())
    parts = [say(code, "reason", cut(fact.text, 24))] if fact else []
    fitting = related(reading)
    if fitting and fitting is not fact:
        parts.append(say(code, "fits", cut(fitting.text, 18)))
    return " ".join([*(sentence(part) for part in parts), say(code, "offer")])


def _weight(passage: Passage) -> tuple[float, int]:
    """How much a sentence says: numbers, meanings, uncommon words."""
    numbers = len(re.findall(r"\d+", passage.text[:300]))
    stems, meanings = content(passage.text)
    worth = numbers + len(meanings) + 0.4 * min(len(stems), 14) + (3 if passage.origin == "user" else 0)
    return worth, -passage.order


def _report(reading: Reading, code: str) -> str:
    """What a tool answered, said to the user."""
    found = [passage.text for passage in reading.passages if passage.origin == "tool"]
    return say(
        code, "done", "; ".join(cut(text, 30) for text in found[-4:]) or cut(reading.tool_results[-1], 30)
    )
