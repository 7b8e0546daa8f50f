"""Erasing one person: what is about them goes, what only counts them stays without them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from persistence.models.agent_run import AgentRun
from persistence.models.audit import AuditEntry
from persistence.models.campaign import CampaignActivity
from persistence.models.job import JobItem
from persistence.models.lead import Lead, LeadSignal
from persistence.models.outreach import OutreachMessage
from persistence.models.paid_call import PaidCall
from persistence.models.person import Person
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.threads import delete_threads
from persistence.types import LeadID
from tools.campaigns.counters import shift, summed, worth
from tools.exports.service import remove_exports
from tools.moves import CONTACTED
from tools.persons.gathering import answers_about
from tools.persons.queries import Found
from tools.persons.redaction import ERASED, redacted, traces_of
from tools.persons.talks import redact_talks

EMPTY: dict[str, Any] = {
    "full_name": ERASED,
    **dict.fromkeys(
        [
            *("person_id", "job_title", "company", "company_domain", "linkedin_url", "email", "linkedin_key"),
            *("email_key", "phone", "location", "avatar_url", "ai_summary", "relevance_reasons", "raw_data"),
            *("outcome_reason", "enrichment_data", "outbound_message", "last_error"),
        ]
    ),
}
"""A lead that only counts: how it stands, when, in which arm. The company's key stays, the company's arm with it."""


@dataclass(frozen=True)
class Erased:
    """How much was erased."""

    leads_removed: int = 0
    leads_emptied: int = 0
    messages: int = 0
    signals: int = 0
    runs: int = 0
    paid_calls: int = 0
    mentions: int = 0
    exports: int = 0


async def erase(uow: UnitOfWork, found: Found) -> Erased:
    """Erase a person whose rows are locked. Access was checked before. Raises Conflict while a talk names them."""
    traces = traces_of(found.person, found.leads)
    lead_ids = [lead.id for lead in found.leads]
    runs = await _erase_runs(uow, lead_ids)
    mentions = await redact_talks(uow, found.workspace_ids, traces)
    await _redact_feed(uow, found, lead_ids)
    where = [OutreachMessage.lead_id.in_(lead_ids)]
    messages = await Repository(uow.session, OutreachMessage).delete(*where)
    signals = await Repository(uow.session, LeadSignal).delete(LeadSignal.lead_id.in_(lead_ids))
    paid = await _forget_answers(uow, found, traces.words)
    await _forget_items(uow, lead_ids)
    erased = await _erase_leads(uow, found.leads)
    await Repository(uow.session, Person).delete(Person.id == found.person.id)
    # Last, so that a snapshot waits for nothing but the commit.
    exports = await remove_exports(uow, found.workspace_ids)
    counts = {"messages": messages, "signals": signals, "runs": runs, "paid_calls": paid}
    return replace(erased, **counts, mentions=mentions, exports=exports)


async def _erase_leads(uow: UnitOfWork, leads: Sequence[Lead]) -> Erased:
    """Remove leads that were never written to, and empty the others: a rate that counted them stays what it was."""
    kept = [lead.id for lead in leads if lead.status in CONTACTED]
    gone = [lead for lead in leads if lead.status not in CONTACTED]
    changes = summed((lead.campaign_id, -worth(lead.status, lead.outcome)) for lead in gone)
    if kept:
        await Repository(uow.session, Lead).update(EMPTY, Lead.id.in_(kept))
    if gone:
        await Repository(uow.session, Lead).delete(Lead.id.in_([lead.id for lead in gone]))
        await shift(uow, changes)
    return Erased(leads_removed=len(gone), leads_emptied=len(kept))


async def _erase_runs(uow: UnitOfWork, lead_ids: Sequence[LeadID]) -> int:
    """Empty the runs about the person's leads, and remove their checkpoints; what they cost stays."""
    about = AgentRun.lead_id.in_(lead_ids)
    threads = (await uow.session.execute(select(AgentRun.thread_id).where(about))).scalars().all()
    await delete_threads(uow, sorted({thread for thread in threads if thread}))
    contents: dict[str, Any] = {
        "input": {},
        "state": None,
        "state_base_id": None,
        "state_hash": None,
        "state_depth": 0,
    }
    return await Repository(uow.session, AgentRun).update({**contents, "events": None}, about)


async def _redact_feed(uow: UnitOfWork, found: Found, lead_ids: Sequence[LeadID]) -> None:
    """Take the person out of what feed and audit log tell of their leads."""
    pattern = traces_of(found.person, found.leads).pattern
    names = {lead.full_name for lead in found.leads} | {found.person.full_name}
    happened = select(CampaignActivity).where(CampaignActivity.lead_id.in_(lead_ids))
    for activity in (await uow.session.execute(happened)).scalars():
        for name in names:
            activity.title = activity.title.replace(name, ERASED)
        activity.title = redacted(activity.title, pattern)
        activity.description = redacted(activity.description, pattern)
        activity.metadata_ = redacted(activity.metadata_, pattern)
    noted = select(AuditEntry).where(
        AuditEntry.workspace_id.in_(found.workspace_ids),
        AuditEntry.entity == "lead",
        AuditEntry.entity_id.in_([str(lead_id) for lead_id in lead_ids]),
    )
    for entry in (await uow.session.execute(noted)).scalars():
        entry.from_, entry.to = redacted(entry.from_, pattern), redacted(entry.to, pattern)
    await uow.session.flush()


async def _forget_answers(uow: UnitOfWork, found: Found, words: frozenset[str]) -> int:
    """Drop what providers answered about the person; that it was paid for stays."""
    if not words:
        return 0
    where = answers_about(found, traces_of(found.person, found.leads))
    return await Repository(uow.session, PaidCall).update({"response": None}, *where)


async def _forget_items(uow: UnitOfWork, lead_ids: Sequence[LeadID]) -> None:
    """Drop what background work noted about the person's leads."""
    values = {"output": None, "error_message": None}
    await Repository(uow.session, JobItem).update(values, JobItem.lead_id.in_(lead_ids))
