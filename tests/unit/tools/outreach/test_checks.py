"""The rubric: hard checks keep a draft out of the queue, scores only tell."""

from collections.abc import Mapping
from typing import Any

import pytest

from persistence.models.outreach import OutreachFormat
from persistence.models.sender_profile import LinkedinTier
from tests.factories.outreach import NOW, SENDER, evidence, failed, packet, review
from tools.outreach.checks import check_draft, objections, queueable
from tools.outreach.evidence import DraftText, EvidencePacket, SenderFacts, ThreadMessage
from tools.outreach.formats import FORMATS, fresh_days
from tools.outreach.signature import signature_lines, with_signature

HIRES = evidence("page.1.1", "We are hiring two crew planners for our night desk.")
ASK = "Hi Jonna,\n\nDo you redo the plan by hand after each delay?"


def _mail(body: str = ASK) -> str:
    return with_signature(body, "email_cold", SENDER)


def _sender(**values: Any) -> EvidencePacket:
    return packet(sender=SenderFacts.model_validate({**SENDER.model_dump(), **values}))


def _thread(subject: str = "the night desk") -> EvidencePacket:
    sent = ThreadMessage(
        id=9, format="email_cold", status="sent", sequence_number=1, subject=subject, text="Hello", at=NOW
    )
    return packet(thread=[sent])


@pytest.mark.parametrize(
    ("body", "check"),
    [
        ("Hi {{first_name}}, is that so?", "no_unfilled_slot"),
        ("Hi [Name], is that so?", "no_unfilled_slot"),
        ("Hi {firstName}, is that so?", "no_unfilled_slot"),
        ("Hi FIRST_NAME, is that so?", "no_unfilled_slot"),
        ("Hi undefined, is that so?", "no_unfilled_slot"),
        ("Hi %NAME%, is that so?", "no_unfilled_slot"),
        ("Hi <name>, is that so?", "no_unfilled_slot"),
        ("Hi Jonna,\n\n**Is** that so?", "no_broken_token"),
        ("Hi Jonna,\n\nIs th\u200bat so?", "no_broken_token"),
        ("Hi Jonna,\n\nIs that so &amp; how?", "no_broken_token"),
        ("Hi Jonna,\n\nIs that so\ufffd?", "no_broken_token"),
        ("Hi Jonna,\n\nIs thаt so?", "no_broken_token"),
        ("Here is the draft:\n\nIs that so?", "no_broken_token"),
        ("Hi Petra,\n\nis that so?", "right_name"),
        ("Sehr geehrter Herr Holm,\n\nist das so?", "right_name"),
        ("Dear Jonas,\n\nis that so?", "right_name"),
    ],
)
def test_a_broken_draft_fails(body: str, check: str) -> None:
    assert check in failed(review(_mail(body), packet()))


@pytest.mark.parametrize(
    "body", [ASK, "Dear Ms Reiff,\n\nis that so?", "Hello,\n\nis that so?", "Hi Jonna Reiff,\n\nis that so?"]
)
def test_a_whole_draft_passes(body: str) -> None:
    assert failed(review(_mail(body), packet())) == set()


def test_a_draft_in_another_language_than_the_workspaces_fails() -> None:
    german = (
        "Guten Tag Frau Reiff,\n\nwie gehen Sie heute mit Verspätungen um, und wer macht den Plan dann neu?"
    )
    assert "right_language" in failed(review(_mail(german), packet(language="en")))
    assert "right_language" not in failed(review(_mail(german), packet(language="de")))


@pytest.mark.parametrize(
    "subject",
    ["Re: the night desk", "RE[2]: shift plans", "Fwd: shift plans", "AW: shift plans", "re : plans"],
)
def test_a_reply_that_answers_nothing_fails(subject: str) -> None:
    assert "honest_subject" in failed(review(_mail(), packet(), subject=subject))


def test_a_reply_in_its_thread_passes() -> None:
    assert "honest_subject" not in failed(review(_mail(), _thread(), subject="Re: the night desk"))
    assert "honest_subject" in failed(review(_mail(), _thread("shift plans"), subject="Re: the night desk"))


@pytest.mark.parametrize(
    ("form", "tier", "length", "fits"),
    [
        ("linkedin_connection", None, 200, True),
        ("linkedin_connection", None, 201, False),
        ("linkedin_connection", LinkedinTier.FREE, 201, False),
        ("linkedin_connection", LinkedinTier.PREMIUM, 300, True),
        ("linkedin_connection", LinkedinTier.SALES_NAVIGATOR, 301, False),
        ("linkedin_message", None, 8_000, True),
        ("linkedin_message", None, 8_001, False),
        ("linkedin_inmail", LinkedinTier.PREMIUM, 1_900, True),
        ("linkedin_inmail", LinkedinTier.PREMIUM, 1_901, False),
    ],
)
def test_a_channel_takes_so_many_characters(
    form: str, tier: LinkedinTier | None, length: int, fits: bool
) -> None:
    subject = "shift plans" if FORMATS[OutreachFormat(form)].has_subject else None
    checked = review("x" * length, _sender(linkedin_tier=tier), form=form, subject=subject)
    assert ("fits_channel" not in failed(checked)) is fits


@pytest.mark.parametrize(
    ("form", "subject"),
    [
        ("email_cold", None),
        ("email_cold", "x" * 61),
        ("linkedin_inmail", None),
        ("linkedin_inmail", "x" * 201),
        ("linkedin_message", "plans"),
    ],
)
def test_a_subject_stands_where_the_channel_has_one(form: str, subject: str | None) -> None:
    assert "fits_channel" in failed(review(_mail(), packet(), form=form, subject=subject))


@pytest.mark.parametrize(
    "body",
    [
        "See https://tidewerk.example",
        "See tidewerk.io",
        "We help you plan.",
        "Unsere Plattform plant.",
        "Book a demo?",
    ],
)
def test_a_note_with_a_connection_request_holds_no_link_and_sells_nothing(body: str) -> None:
    assert "fit_for_note" in failed(review(body, packet(), form="linkedin_connection", subject=None))
    assert "fit_for_note" not in failed(review(body, packet(), form="linkedin_message", subject=None))


@pytest.mark.parametrize("missing", ["name", "company", "postal_address", "opt_out_line"])
def test_mail_says_who_writes_and_how_to_decline(missing: str) -> None:
    line = str(getattr(SENDER, missing))
    check = "opt_out" if missing == "opt_out_line" else "sender_identity"
    assert check in failed(review(_mail().replace(line, ""), packet()))
    assert check in failed(review(_mail(), _sender(**{missing: None})))


def test_the_signature_is_added_once_and_to_mail_only() -> None:
    assert with_signature(_mail(), "email_cold", SENDER) == _mail()
    assert with_signature(ASK, "linkedin_message", SENDER) == ASK
    assert all(line in _mail() for line in signature_lines(SENDER))


def test_a_warm_mail_needs_a_record_of_contact() -> None:
    assert "earlier_contact" in failed(review(_mail(), packet(), form="email_warm"))
    assert "earlier_contact" not in failed(review(_mail(), _thread(), form="email_warm"))


def test_a_suppressed_lead_gets_nothing() -> None:
    draft = DraftText(format="email_cold", subject="shift plans", body=_mail())
    checked = check_draft(draft, packet(), suppressed="opt_out")
    assert failed(checked) == {"not_suppressed"}
    assert not queueable(checked.checks)
    assert queueable(check_draft(draft, packet()).checks)


@pytest.mark.parametrize(
    ("body", "check"),
    [
        (f"{ASK} Is it late? Who does it?", "one_ask"),
        ("Hi Jonna,\n\nWe think that we could show our plans, as we made our own.", "about_them"),
        ("Hi Jonna,\n\nIs that so?", "length"),
        (f"{ASK} I hope this finds you well.", "no_stock_phrases"),
        (ASK, "specific"),
    ],
)
def test_scores_tell_and_stop_nothing(body: str, check: str) -> None:
    checked = review(_mail(body), packet())
    assert check in failed(checked, hard=False)
    assert check not in failed(checked)


def test_a_draft_with_a_fact_about_them_is_specific() -> None:
    said = "Hi Jonna,\n\nYou are hiring two crew planners for your night desk. Is that so?"
    checked = review(_mail(said), packet(HIRES))
    assert "specific" not in failed(checked, hard=False)
    assert checked.queueable


def test_drafts_of_a_campaign_that_are_alike_are_told() -> None:
    same = packet(earlier_drafts=[ASK.replace("Jonna", "Petra")])
    assert "unlike_other_drafts" in failed(review(_mail(), same), hard=False)
    other = packet(earlier_drafts=["Hello Petra,\n\nwho closes the books when the month ends?"])
    assert "unlike_other_drafts" not in failed(review(_mail(), other), hard=False)


def test_what_has_to_be_mended_is_told_sentence_by_sentence() -> None:
    told = objections(review(_mail("Hi Jonna,\n\nYou raised 5 million. Is that so?"), packet()))
    assert any("You raised 5 million." in line for line in told)


def test_the_packet_and_the_review_are_plain_json() -> None:
    given = packet(HIRES)
    assert EvidencePacket.model_validate_json(given.model_dump_json()) == given
    checked = review(_mail(), given)
    assert type(checked).model_validate_json(checked.model_dump_json()) == checked


def test_every_limit_has_a_source_and_a_day() -> None:
    assert set(FORMATS) == set(OutreachFormat)
    for form in FORMATS.values():
        longest = form.max_characters
        limits = list(longest.values()) if isinstance(longest, Mapping) else [longest]
        for limit in [*limits, form.max_subject]:
            assert limit is None or (limit.source and limit.read_on <= NOW.date())
    assert [fresh_days(kind) for kind in ("funding", "hiring", "leadership_change", "expansion")] == [
        180,
        45,
        120,
        365,
    ]
