"""Discovery, the words of the talk: its questions, its economy, its style, and whether what it says stands anywhere."""

from collections.abc import Iterator, Sequence

from evals.dataset.conversation import Conversation, Turn
from evals.dataset.residue import texts_of
from evals.scorers.score import Case, Finding, failing
from evals.scorers.wording import (
    has_emoji,
    is_compound,
    jaccard,
    names,
    opens_with_praise,
    questions,
    shingles,
    unknown_numbers,
    words,
)
from tools.discovery.language import detect_language

MOST_WORDS = 130
"""Words of an answer that only asks: a founder reads it between two meetings."""
SAME_QUESTION = 0.6
SETTLED = ("output", "execution")
"""Nodes that tell of sets and their numbers, which code has computed."""


def one_question(case: Case) -> Iterator[Finding]:
    """An answer that asks, asks one thing."""
    for turn, _ in case.answers():
        if turn.node in SETTLED:
            continue
        asked = questions(turn.content)
        yield Finding(None if not asked else len(asked) == 1, f"it asks {len(asked)} questions", turn.i)


def not_compound(case: Case) -> Iterator[Finding]:
    """No question asks two things in one sentence."""
    for turn, _ in case.answers():
        asked = questions(turn.content)
        if asked:
            yield from failing(
                (f"two questions in one: “{each}”" for each in asked if is_compound(each)), turn.i
            )


def not_already_answered(case: Case) -> Iterator[Finding]:
    """It never asks for a topic that the founder has told already."""
    for turn, before in case.answers():
        if turn.asks:
            known = known_slots(case.conversation, before)
            yield Finding(turn.asks not in known, f"{turn.asks} was told before", turn.i)


def not_repeated(case: Case) -> Iterator[Finding]:
    """It never asks the same question again, in the same or nearly the same words."""
    for turn, before in case.answers():
        earlier = [
            shingles(each, 2)
            for said in before
            if said.role == "assistant"
            for each in questions(said.content)
        ]
        for asked in questions(turn.content):
            own = shingles(asked, 2)
            again = any(jaccard(own, other) >= SAME_QUESTION for other in earlier)
            yield Finding(not again, f"asked again: “{asked}”", turn.i)


def turn_economy(case: Case) -> Iterator[Finding]:
    """New topics per answer: 1 when every question of the talk brought something new."""
    asked = [turn for turn in case.output.turns if turn.role == "assistant" and turn.asks]
    if case.output.mode == "forced" or not asked:
        yield Finding(None, "no whole talk with questions")
        return
    told = {
        slot for turn in case.output.turns if turn.role == "user" for slot in _slots(case.conversation, turn)
    }
    yield Finding(
        None, f"{len(told)} topics in {len(asked)} questions", value=min(1.0, len(told) / len(asked))
    )


def turns_to_set(case: Case) -> Iterator[Finding]:
    """The experiments are there after at most as many user turns as expected."""
    most = case.conversation.expect.max_turns
    if most is None or case.output.mode == "forced" or case.conversation.expect.experiments == "none":
        yield Finding(None)
        return
    said = sum(turn.role == "user" for turn in case.output.turns)
    if not case.output.artifacts.experiments:
        yield Finding(False, f"no set after {said} user turns; {most} were allowed")
        return
    made = next((turn.i for turn in case.output.turns if turn.node in SETTLED), len(case.output.turns))
    needed = sum(turn.role == "user" for turn in case.output.turns if turn.i < made)
    yield Finding(needed <= most, f"the set came after {needed} user turns; {most} were allowed")


def grounded(case: Case) -> Iterator[Finding]:
    """Every number and every name that an answer says was told before, or stands in what is stored."""
    stored = [text for _, text in texts_of(case.conversation.setup.model_dump(mode="json"))]
    for turn, before in case.answers():
        if turn.node in SETTLED:
            continue
        sources = [*stored, *(said.content for said in before)]
        reasons = [f"{number} stands nowhere" for number in unknown_numbers(turn.content, sources)]
        if detect_language(turn.content) in {"en", "fr", "es"}:
            known = {word for source in sources for word in words(source)}
            strange = [name for name in names(turn.content) if not _is_known(name, known)]
            reasons += [f"“{name}” stands nowhere" for name in strange]
        yield from failing(reasons, turn.i)


def style(case: Case) -> Iterator[Finding]:
    """Short, without emoji and without praise: a busy founder reads it."""
    for turn, _ in case.answers():
        reasons = []
        count = len(words(turn.content))
        if turn.node not in SETTLED and count > MOST_WORDS:
            reasons.append(f"{count} words; {MOST_WORDS} are the most")
        if has_emoji(turn.content):
            reasons.append("it has an emoji")
        if opens_with_praise(turn.content):
            reasons.append("it opens with praise")
        yield from failing(reasons, turn.i)


def language(case: Case) -> Iterator[Finding]:
    """It answers in the language the founder wrote last."""
    for turn, before in case.answers():
        said = next((each.content for each in reversed(before) if each.role == "user"), "")
        wanted, used = detect_language(said), detect_language(turn.content)
        if wanted is None or used is None:
            yield Finding(None, "too short to tell", turn.i)
        else:
            yield Finding(wanted == used, f"the founder wrote {wanted}, the answer is {used}", turn.i)


def known_slots(conversation: Conversation, before: Sequence[Turn]) -> set[str]:
    """The topics that the founder has told, in these turns or in onboarding."""
    told = {fact.slot for fact in conversation.facts if fact.origin == "onboarding"}
    return told | {slot for turn in before if turn.role == "user" for slot in _slots(conversation, turn)}


def _slots(conversation: Conversation, turn: Turn) -> set[str]:
    return {fact.slot for name in turn.gives if (fact := conversation.fact(name))}


def _is_known(name: str, known: set[str]) -> bool:
    """Whether a name, one of its parts or its plain form was said: “Lena's” is “Lena”."""
    plain = name.casefold().replace("’", "'")
    forms = {plain, plain.removesuffix("'s"), plain.removesuffix("s"), *plain.replace("'", "-").split("-")}
    return bool(forms & known) or plain in PLAIN


_PLAIN_WORDS = "linkedin i'd i'm i've i'll excel google e-mail email crm erp saas b2b hr cfo ceo coo cto english german french spanish"
PLAIN = frozenset(_PLAIN_WORDS.split())
"""Words with a capital that name nobody's company."""
