"""Stored rows become evidence, or are left out with the reason."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from persistence.models.lead import Lead
from prompts.characters import clean
from tools.moves import ANSWERS
from tools.onboarding.answers import answered
from tools.outreach.evidence import (
    Evidence,
    ExperimentFacts,
    LeadFacts,
    LeftOut,
    SenderFacts,
    Subject,
    ThreadMessage,
    Why,
)
from tools.outreach.formats import fresh_days
from tools.outreach.sources.ownership import foreign, host_of, names_lead, within
from tools.outreach.sources.suspicion import suspicion

PASSAGE = 600
"""Characters of a page that make one piece of evidence, so that a sentence can name the place it rests on."""
MAX_PASSAGES = 20
"""Of each page."""
MAX_ENRICHED = 40
FIELD_LENGTH = 500
ABOUT_COMPANY = ("company", "organization", "employer", "firm")
ADDRESSES = ("linkedin_url", "linkedinurl", "linkedin", "linkedin_profile_url", "profile_url", "profileurl")
OF_LEAD = frozenset({"social_activity"})
"""Signals that tell of the person; the others tell of the company unless they name the person in full."""
SKEW = timedelta(days=1)


class Gathering:
    """Collects the evidence about one lead."""

    def __init__(self, lead: LeadFacts, now: datetime) -> None:
        self.evidence: list[Evidence] = []
        self.left_out: list[LeftOut] = []
        self._lead = lead
        self._now = now

    def add_fields(self, lead: Lead) -> None:
        """What is stored of the lead. What a model summed up is no source and stays away."""
        at = lead.updated_at or self._now
        fields = (
            ("fullName", lead.full_name, Subject.LEAD),
            ("jobTitle", lead.job_title, Subject.LEAD),
            ("company", lead.company, Subject.COMPANY),
            ("companyDomain", self._lead.domain, Subject.COMPANY),
            ("location", lead.location, Subject.LEAD),
        )
        for name, value, subject in fields:
            if value and value.strip():
                self._add(f"lead.{name}", "field", value, f"lead:{name}", None, subject, at)
        if lead.outcome is not None and lead.outcome in ANSWERS:
            text = f"{lead.outcome.value.replace('_', ' ')}. {lead.outcome_reason or ''}".strip()
            self._add("lead.outcome", "outcome", text, "lead:outcome", None, Subject.LEAD, at)
        self._add_enrichment(lead.enrichment_data or {}, at)

    def _add_enrichment(self, data: dict[str, Any], at: datetime) -> None:
        """Fields that a provider or a person added; none when they name another profile."""
        leaves = list(answered(data))[:MAX_ENRICHED]
        for path, value in leaves:
            if path.rpartition(".")[2].casefold() in ADDRESSES and "." not in path:
                theirs = foreign("wiza:linkedin", value, "", self._lead)
                if theirs:
                    self._leave("lead.enrichmentData", "field", *theirs)
                    return
        for path, value in leaves:
            about = Subject.COMPANY if path.casefold().startswith(ABOUT_COMPANY) else Subject.LEAD
            name = f"enrichmentData.{path}"
            self._add(f"lead.{name}", "field", value[:FIELD_LENGTH], f"lead:{name}", None, about, at)

    def add_signal(self, row: dict[str, Any]) -> None:
        """A signal by the words it quotes: its headline is somebody's, or some program's, retelling."""
        name, kind = f"signal.{row['id']}", str(row["type"])
        quotes, source, url = [], "", None
        for number, citation in enumerate(row["citations"] or []):
            quote, place = str(citation.get("quote") or ""), str(citation.get("source") or "")
            theirs = foreign(place, citation.get("url"), quote, self._lead)
            if theirs:
                self._leave(f"{name}.citation.{number + 1}", kind, *theirs)
            elif quote.strip():
                quotes.append(quote.strip())
                source, url = source or place, url or citation.get("url")
        if not quotes:
            if not row["citations"]:
                self._leave(name, kind, "no_source", "It quotes nothing.")
            return
        text = "\n".join(quotes)
        of_lead = kind in OF_LEAD or self._names_person(text)
        subject = Subject.LEAD if of_lead else Subject.COMPANY
        self._add(name, kind, text, source, url, subject, row["at"])

    def add_page(self, row: dict[str, Any]) -> None:
        """A page of the company's, in passages; none when it ended on somebody else's site."""
        name, url = f"page.{row['id']}", str(row["url"])
        host = host_of(url)
        if self._lead.domain is None or not within(host, self._lead.domain):
            self._leave(name, "page", "other_company", f"It ended on {host}, not on {self._lead.domain}.")
            return
        for number, passage in enumerate(passages(str(row["content"])), 1):
            subject = Subject.LEAD if self._names_person(passage) else Subject.COMPANY
            self._add(f"{name}.{number}", "page", passage, f"page:{url}", url, subject, row["at"])

    def add_thread(self, thread: Sequence[ThreadMessage]) -> None:
        """Messages that went out: they prove that we wrote, and when, not what they say of anybody."""
        for item in thread:
            text = f"{item.subject or ''}\n{item.text}".strip()
            name, source = f"message.{item.id}", f"message:{item.id}"
            self._add(name, "message", text, source, None, Subject.US, item.at)
            if item.answered_at:
                answer = f"They answered: {item.subject or item.text[:80]}"
                self._add(f"{name}.reply", "reply", answer, source, None, Subject.US, item.answered_at)

    def add_sender(self, sender: SenderFacts) -> None:
        """What may be said about us."""
        own = (("name", sender.name), ("title", sender.title), ("company", sender.company))
        for name, value in own:
            if value and value.strip():
                self._add(f"sender.{name}", "sender", value, f"sender:{name}", None, Subject.US, None)
        for kind, texts in (("fact", sender.facts), ("customer", sender.customers)):
            for number, text in enumerate(texts, 1):
                self._add(f"{kind}.{number}", kind, text, f"sender:{kind}:{number}", None, Subject.US, None)

    def add_experiment(self, experiment: ExperimentFacts) -> None:
        """What is tested with the lead, field by field."""
        for name, text in experiment:
            source = f"experiment:{name}"
            if not text.strip():
                continue
            self._add(f"experiment.{name}", "experiment", text, source, None, Subject.EXPERIMENT, None)

    def _names_person(self, text: str) -> bool:
        return names_lead(text, self._lead.model_copy(update={"company": None}))

    def _add(
        self, name: str, kind: str, text: str, source: str, url: str | None, subject: Subject, at: Any
    ) -> None:
        """Keep one text, unless it is suspicious or too old."""
        seen = datetime.fromisoformat(at) if isinstance(at, str) else at
        trouble = suspicion(text) or self._age(kind, seen, fixed=subject in UNDATED or name in TIMELESS)
        if trouble:
            self._leave(name, kind, *trouble)
            return
        visible = clean(text)[0].strip()
        if not visible:
            self._leave(name, kind, "empty", "It says nothing.")
            return
        self.evidence.append(
            Evidence(
                id=name,
                kind=kind,
                text=visible,
                source=source,
                url=url,
                subject=subject,
                observed_at=seen,
                fresh_days=fresh_days(kind),
            )
        )

    def _age(self, kind: str, at: datetime | None, *, fixed: bool) -> tuple[Why, str] | None:
        if fixed:
            return None
        if at is None:
            return "no_date", "Nothing says when it was seen."
        if at > self._now + SKEW:
            return "future_date", f"It is dated {at.date()}, which has not come yet."
        age, most = (self._now - at).days, fresh_days(kind)
        return ("stale", f"It is {age} days old; {kind} counts for {most}.") if age > most else None

    def _leave(self, name: str, kind: str, why: Why, detail: str) -> None:
        self.left_out.append(LeftOut(id=name, kind=kind, why=why, detail=detail))


UNDATED = frozenset({Subject.US, Subject.EXPERIMENT})
"""Of these no age is asked."""
TIMELESS = frozenset({"lead.fullName", "lead.company", "lead.companyDomain", "lead.outcome"})
"""Fields whose age says nothing."""


def passages(content: str) -> Iterator[str]:
    """A page's paragraphs, short ones joined to what follows, so long as they fit into a passage."""
    held: list[str] = []
    made = 0
    for paragraph in (part.strip() for part in content.split("\n\n")):
        if not paragraph or made >= MAX_PASSAGES:
            continue
        if held and len("\n\n".join(held)) + len(paragraph) > PASSAGE:
            yield "\n\n".join(held)
            made, held = made + 1, []
        held.append(paragraph)
    if held and made < MAX_PASSAGES:
        yield "\n\n".join(held)
