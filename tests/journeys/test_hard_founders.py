"""Founders who are hard to talk to, over HTTP: each talk ends in a valid set, a marked pre-evidence set, or an honest reason."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.fixtures.product import Product
from tests.journeys.founder import Answer, Founder
from tests.journeys.hard_founders import FOUNDERS, End, HardFounder
from tests.journeys.test_main_job import assert_whole
from tools.discovery.language import detect_language
from tools.experiments.sentences import sentence

TURNS = 12
SHORT = ("contradicts-himself", "three-messages-at-once")
QUESTION = re.compile(r"[^.!?…:\n]*\?")


@asynccontextmanager
async def arrived(product: Product, hard: HardFounder) -> AsyncIterator[Founder]:
    """The founder, signed in, with what they have told before."""
    async with product.client(f"{hard.name}@hard.example") as client:
        founder = await Founder.begin(client, "Lotwise")
        if hard.onboarding is not None:
            await founder.describe(hard.onboarding)
        if hard.website_text:
            await founder.change({"websiteScrape": {"content": hard.website_text}})
        yield founder


async def talk(founder: Founder, hard: HardFounder) -> tuple[list[Answer], End]:
    """Their talk up to its end, in at most twelve turns."""
    answers = await at_once(founder, hard.lines[:4]) if hard.at_once else []
    if answers and (end := ended(answers[-1])):
        return answers, end
    lines = [*hard.lines[len(answers) :], *(hard.shrug * TURNS)]
    for line in lines[: TURNS - len(answers)]:
        if line.casefold() in {"yes", "ok", "fine"} and answers and answers[-1].approval_id:
            break
        answers.append(await founder.say(line))
        assert answers[-1].finished, (line, answers[-1].problem, answers[-1].error)
        assert answers[-1].text.strip(), line
        if end := ended(answers[-1]):
            return answers, end
    return answers, "reason"


async def at_once(founder: Founder, lines: tuple[str, ...]) -> list[Answer]:
    """Post all lines but the first at the same moment: one turn runs, the others are told so and are said again."""
    first = await founder.say(lines[0])
    posted = await asyncio.gather(*(founder.say(line) for line in lines[1:]))
    taken = [answer for answer in posted if answer.status == 200]
    assert len(taken) == 1, [answer.problem for answer in posted]
    refused = [line for line, answer in zip(lines[1:], posted, strict=True) if answer.status != 200]
    assert {answer.status for answer in posted if answer not in taken} <= {409, 429}
    return [first, *taken, *[await founder.say(line) for line in refused]]


def ended(answer: Answer) -> End | None:
    """Whether a set came, and of which kind; None while the talk goes on."""
    proposed = answer.experiments
    if proposed is None or not proposed["valid"]:
        return None
    marks = {experiment["design"]["preEvidence"] for experiment in proposed["experiments"]}
    assert len(marks) == 1, "a set is marked as a whole"
    return "pre-evidence" if marks == {True} else "set"


def questions(answers: list[Answer]) -> list[str]:
    """Every question of a talk, folded."""
    return [
        " ".join(question.casefold().split())
        for answer in answers
        for question in QUESTION.findall(answer.text)
    ]


def assert_honest_reason(hard: HardFounder, answers: list[Answer]) -> None:
    """A talk without a set was told why: nothing is known of the company, in our own words; and nothing waits for a yes."""
    reason = sentence("nothing_known", "en")
    assert any(reason in answer.text for answer in answers), [answer.text for answer in answers]
    assert reason in answers[-1].text, "the reason is the talk's last word as well"
    assert not any(answer.approval_id for answer in answers), hard.name


async def the_talk_of(product: Product, hard: HardFounder) -> None:
    """One founder's talk, and what must be true of it."""
    async with arrived(product, hard) as founder:
        answers, end = await talk(founder, hard)
        told = "\n".join(f"{number}. {answer.text}" for number, answer in enumerate(answers, 1))
        assert len(answers) <= TURNS
        assert end in hard.ends, f"{hard.name} ended in {end}:\n{told}"
        asked = questions(answers)
        assert len(asked) == len(set(asked)), f"{hard.name} was asked twice:\n{told}"
        if hard.asked_to_settle:
            assert sum(hard.asked_to_settle in question for question in asked) == 1, told
        spoken = [detect_language(answer.text) for answer in answers[: len(hard.languages)]]
        assert spoken == list(hard.languages), told
        assert await founder.experiments() == [], "nothing is saved before a yes"
        if end == "reason":
            assert_honest_reason(hard, answers)
            return
        assert answers[-1].approval_id
        await founder.answer_approval(answers[-1].approval_id, approved=True)
        assert_whole(await founder.experiments())


@pytest.mark.parametrize("name", SHORT)
async def test_a_hard_founder_is_served_or_told_why_not(product: Product, name: str) -> None:
    await the_talk_of(product, next(hard for hard in FOUNDERS if hard.name == name))


@pytest.mark.full
@pytest.mark.timeout(300)
@pytest.mark.parametrize("hard", FOUNDERS, ids=lambda hard: hard.name)
async def test_mind_twelve_hard_founders_are_served_or_told_why_not(
    product: Product, hard: HardFounder
) -> None:
    await the_talk_of(product, hard)
