"""What the drafter's prompts are told of a packet."""

import pytest

from persistence.models.outreach import OutreachFormat
from persistence.types import LeadID
from prompts import render
from tests.factories.outreach import SENDER, evidence, packet
from tests.unit.tools.outreach.threads import make_sent
from tools.outreach.drafter import Wish
from tools.outreach.evidence import Subject
from tools.outreach.formats import FORMATS
from tools.outreach.writing.briefing import EVIDENCE_LENGTH, prompt_inputs, shown_evidence, style_lines

QUOTE = "We are hiring two crew planners for our night desk in Husum."
FACT = SENDER.facts[0]
HIRING = evidence("signal.1", QUOTE, kind="hiring")


@pytest.mark.parametrize("form", list(OutreachFormat))
def test_both_prompts_take_the_inputs_of_every_format(form: OutreachFormat) -> None:
    inputs = prompt_inputs(
        packet(HIRING, thread=[make_sent()], language="en"), Wish(LeadID(1), form, 2, "dry", "Short.")
    )
    text = render("outreach/draft", **inputs).text
    assert render("outreach/revise", **inputs, draft="x", objections=[]).text
    for said in (QUOTE, FACT, "Is the night desk yours?", "dry", "Short.", "English"):
        assert said in text
    limit = FORMATS[form].limit(None)
    assert limit is None or f"at most {limit} characters" in text


def test_our_own_facts_are_no_evidence_about_the_lead() -> None:
    shown = {item.id for item in shown_evidence(packet(HIRING))}
    assert "signal.1" in shown
    assert not any(name.startswith(("fact", "sender")) for name in shown)


def test_signals_are_shown_first_and_pages_as_far_as_they_fit() -> None:
    pages = [evidence(f"page.1.{number}", "x" * 600) for number in range(60)]
    shown = shown_evidence(packet(*pages, HIRING))
    assert shown[0].id == "signal.1"
    assert sum(len(item.text) for item in shown) <= EVIDENCE_LENGTH


def test_the_style_guide_is_told_line_by_line_without_what_is_empty() -> None:
    guide: dict[str, object] = {"tone": "dry", "words_never_used": ["solution", "synergy"], "examples": []}
    assert style_lines(guide) == "tone: dry\nwords never used: solution, synergy"


def test_the_language_is_the_workspaces_else_that_of_our_words() -> None:
    wish = Wish(LeadID(1), OutreachFormat.EMAIL_COLD)
    assert prompt_inputs(packet(language="de"), wish)["language"] == "German"
    german = SENDER.model_copy(update={"facts": ["Wir planen die Schichten für Schlepper und die Fähren."]})
    assert prompt_inputs(packet(language=None, sender=german), wish)["language"] == "German"
    assert prompt_inputs(packet(language=None, experiment=None), wish)["language"] == "English"
    assert Subject.US not in {item.subject for item in shown_evidence(packet(HIRING))}
