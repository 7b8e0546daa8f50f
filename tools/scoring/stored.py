"""Scores as they stand with leads: given to new ones, written anew where a lead says something else now. No model."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, select, update

from persistence.models.campaign import Campaign
from persistence.models.experiment import Experiment
from persistence.models.lead import Lead, LeadSignal
from persistence.session import UnitOfWork
from persistence.types import CampaignID, LeadID
from tools.experiments.design import DimensionName
from tools.scoring.score import LeadFacts, Score, criteria_of, score

CHUNK = 500
FEW = 20
"""Leads that are scored faster than another thread begins."""
COLUMNS = (Lead.id, Lead.campaign_id, Lead.job_title, Lead.company, Lead.location, Lead.email, Lead.linkedin_url, Lead.phone, Lead.enrichment_data, Lead.relevance_score, Lead.relevance_reasons)  # fmt: skip
FIELDS = {"jobTitle": "job_title", "company": "company", "location": "location", "email": "email", "linkedinUrl": "linkedin_url", "phone": "phone"}  # fmt: skip
MOVING = frozenset({*FIELDS.values(), "enrichment_data"})
"""Attributes of a lead that its score is made of."""
OWN = frozenset({"relevance_score", "relevance_reasons"})
"""Attributes that somebody may give a lead: their word stands until what the lead says changes."""

Criteria = Mapping[DimensionName, str]
Row = dict[str, Any]


def moves_score(changed: Mapping[str, Any]) -> bool:
    """Whether a change of these attributes asks for another score: not when it brings one itself."""
    return not MOVING.isdisjoint(changed) and OWN.isdisjoint(changed)


async def with_scores(
    uow: UnitOfWork, campaign: Campaign, rows: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """New leads of a campaign by attribute name, with score and reasons; as they are without a design, or with a score of their own.

    The design can't change until the transaction ends.
    """
    criteria = await _criteria(uow, campaign)
    if not criteria:
        return list(rows)
    facts = [LeadFacts({wire: row.get(name) for wire, name in FIELDS.items()}, row.get("enrichment_data")) for row in rows]  # fmt: skip
    scores = await _score_all(facts, criteria)
    return [
        row if row.get("relevance_score") is not None else {**row, **_stored(found)}
        for row, found in zip(rows, scores, strict=True)
    ]


async def rescore(uow: UnitOfWork, ids: Sequence[LeadID]) -> int:
    """Score these leads against the designs of their experiments; how many changed. Leads without a design stay as they are.

    Who calls has locked them, and loads them anew where it goes on with them.
    """
    changed = 0
    for start in range(0, len(ids), CHUNK):
        changed += await _rescore(uow, ids[start : start + CHUNK])
    return changed


async def _criteria(uow: UnitOfWork, campaign: Campaign) -> dict[DimensionName, str]:
    """What the leads of a campaign are scored against."""
    if campaign.experiment_id is None:
        return {}
    design = select(Experiment.design).where(Experiment.id == campaign.experiment_id)
    return criteria_of((await uow.session.execute(design.with_for_update(read=True))).scalar_one_or_none())


async def _rescore(uow: UnitOfWork, ids: Sequence[LeadID]) -> int:
    rows = (await uow.session.execute(select(*COLUMNS).where(Lead.id.in_(ids)))).all()
    criteria = await _criteria_by_campaign(uow, {row.campaign_id for row in rows})
    rows = [row for row in rows if criteria.get(row.campaign_id)]
    if not rows:
        return 0
    signals = await _signals(uow, [row.id for row in rows])
    changes: list[Row] = []
    for campaign_id, wanted in criteria.items():
        here = [row for row in rows if row.campaign_id == campaign_id]
        facts = [_facts(row, signals.get(row.id, {})) for row in here]
        for row, found in zip(here, await _score_all(facts, wanted), strict=True):
            stored = _stored(found)
            if stored != {name: getattr(row, name) for name in OWN}:
                changes.append({"lead": row.id, **stored})
    await _write(uow, changes)
    return len(changes)


async def _criteria_by_campaign(uow: UnitOfWork, ids: set[CampaignID]) -> dict[CampaignID, Criteria]:
    statement = (
        select(Campaign.id, Experiment.design)
        .join(Experiment, Experiment.id == Campaign.experiment_id)
        .where(Campaign.id.in_(ids))
    )
    found = (await uow.session.execute(statement)).all()
    return {id_: criteria for id_, design in found if (criteria := criteria_of(design))}


async def _write(uow: UnitOfWork, changes: Sequence[Row]) -> None:
    if not changes:
        return
    table = cast(Table, Lead.__table__)
    statement = (
        update(table)
        .where(table.c.LeadID == bindparam("lead"))
        .values(
            RelevanceScore=bindparam("relevance_score"),
            RelevanceReasons=bindparam("relevance_reasons"),
            Version=table.c.Version + 1,
            UpdatedAt=func.now(),
        )
    )
    connection = await uow.session.connection()
    await connection.execute(statement, changes)


def _stored(found: Score) -> Row:
    """A score as it is stored with a lead."""
    return {
        "relevance_score": found.value,
        "relevance_reasons": [reason.sentence() for reason in found.reasons],
    }


async def _score_all(leads: Sequence[LeadFacts], criteria: Criteria) -> list[Score]:
    if len(leads) <= FEW:
        return [score(facts, criteria) for facts in leads]
    return await asyncio.to_thread(lambda: [score(facts, criteria) for facts in leads])


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
