"""Scoring a campaign's leads against its experiment's design, and writing score and reasons to them."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, select, update

from persistence.models.campaign import Campaign
from persistence.models.experiment import Experiment
from persistence.models.lead import Lead, LeadSignal
from persistence.models.workspace import ProjectRole
from persistence.session import UnitOfWork
from persistence.types import CampaignID, LeadID
from tools.access import Caller
from tools.campaigns.queries import campaign_of
from tools.errors import Conflict, FieldError, Invalid, NotFound
from tools.experiments.design import DimensionName
from tools.scoring.schemas import LeadsScored
from tools.scoring.score import LeadFacts, Score, criteria_of, score

MAX_AT_ONCE = 10_000
CHUNK = 500
COLUMNS = (Lead.id, Lead.job_title, Lead.company, Lead.location, Lead.email, Lead.linkedin_url, Lead.phone, Lead.enrichment_data, Lead.relevance_score, Lead.relevance_reasons)  # fmt: skip
FIELDS = {"jobTitle": "job_title", "company": "company", "location": "location", "email": "email", "linkedinUrl": "linkedin_url", "phone": "phone"}  # fmt: skip


async def score_leads(
    uow: UnitOfWork, caller: Caller, campaign_id: CampaignID, lead_ids: Sequence[LeadID] | None
) -> LeadsScored:
    """Score these leads of a campaign, or all. For members and above.

    Raises NotFound (also for a lead of another campaign), Forbidden, Conflict when the campaign has no design to score
    against, and Invalid for more leads than fit into a request.
    """
    campaign = await campaign_of(uow, caller, campaign_id, ProjectRole.MEMBER)
    ids = await _ids(uow, campaign_id, lead_ids)
    criteria = await _criteria(uow, campaign)
    changed = 0
    for start in range(0, len(ids), CHUNK):
        changed += await _score_chunk(uow, ids[start : start + CHUNK], criteria)
    return LeadsScored(scored=len(ids), changed=changed)


async def _criteria(uow: UnitOfWork, campaign: Campaign) -> dict[DimensionName, str]:
    statement = select(Experiment.design).where(
        Experiment.id == campaign.experiment_id, Experiment.workspace_id == campaign.workspace_id
    )
    criteria = criteria_of((await uow.session.execute(statement)).scalar_one_or_none())
    if not criteria:
        raise Conflict("The campaign has no experiment with a design to score against.", code="no_design")
    return criteria


async def _ids(uow: UnitOfWork, campaign_id: CampaignID, wanted: Sequence[LeadID] | None) -> list[LeadID]:
    """The leads' ids in order, locked against other changes until the commit."""
    here = select(Lead.id).where(Lead.campaign_id == campaign_id).order_by(Lead.id).with_for_update()
    if wanted is None:
        count = select(func.count()).where(Lead.campaign_id == campaign_id)
        if (await uow.session.execute(count)).scalar_one() > MAX_AT_ONCE:
            reason = f"The campaign has more than {MAX_AT_ONCE:,} leads: name at most 1,000 at a time."
            raise Invalid("Too many leads at once.", [FieldError("/leadIds", reason)])
    else:
        here = here.where(Lead.id.in_(set(wanted)))
    found = list((await uow.session.execute(here)).scalars())
    if wanted is not None and len(found) != len(set(wanted)):
        raise NotFound("There is no such lead in the campaign.")
    return found


async def _score_chunk(uow: UnitOfWork, ids: Sequence[LeadID], criteria: Mapping[DimensionName, str]) -> int:
    """Score these; how many changed."""
    rows = (await uow.session.execute(select(*COLUMNS).where(Lead.id.in_(ids)))).all()
    signals = await _signals(uow, ids)
    scores = await asyncio.to_thread(_score_all, rows, signals, criteria)
    changes = [
        {"lead": row.id, "score": found.value, "reasons": reasons}
        for row, found in zip(rows, scores, strict=True)
        if (reasons := sentences(found)) != row.relevance_reasons or found.value != row.relevance_score
    ]
    if changes:
        table = cast(Table, Lead.__table__)
        statement = (
            update(table)
            .where(table.c.LeadID == bindparam("lead"))
            .values(
                RelevanceScore=bindparam("score"),
                RelevanceReasons=bindparam("reasons"),
                Version=table.c.Version + 1,
                UpdatedAt=func.now(),
            )
        )
        connection = await uow.session.connection()
        await connection.execute(statement, changes)
    return len(changes)


def sentences(found: Score) -> list[str]:
    """The reasons as they are stored with the lead."""
    return [reason.sentence() for reason in found.reasons]


def _score_all(
    rows: Sequence[Any], signals: Mapping[LeadID, dict[int, str]], criteria: Mapping[DimensionName, str]
) -> list[Score]:
    return [score(_facts(row, signals.get(row.id, {})), criteria) for row in rows]


def _facts(row: Any, signals: Mapping[int, str]) -> LeadFacts:
    fields = {wire: getattr(row, column) for wire, column in FIELDS.items()}
    return LeadFacts(fields, row.enrichment_data, signals)


async def _signals(uow: UnitOfWork, ids: Sequence[LeadID]) -> dict[LeadID, dict[int, str]]:
    """The words of each lead's signals, by their ids."""
    statement = (
        select(LeadSignal.lead_id, LeadSignal.id, LeadSignal.headline, LeadSignal.description)
        .where(LeadSignal.lead_id.in_(ids))
        .order_by(LeadSignal.id)
    )
    found: dict[LeadID, dict[int, str]] = defaultdict(dict)
    for lead_id, id_, headline, description in await uow.session.execute(statement):
        found[lead_id][id_] = f"{headline}. {description or ''}"
    return found
