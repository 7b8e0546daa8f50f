"""The leads of a campaign that a job is meant for: named, or chosen by a filter."""

from collections.abc import Sequence

from persistence.models.campaign import Campaign
from persistence.session import UnitOfWork
from persistence.types import LeadID
from tools.errors import FieldError, Invalid, NotFound
from tools.leads.reading import select as choose
from tools.leads.schemas import LeadSelection
from tools.read_models import InTransaction, Query

NOBODY = "It means no leads."


async def leads_of_campaign(
    uow: UnitOfWork,
    campaign: Campaign,
    named: Sequence[LeadID] | None,
    chosen: LeadSelection | None,
    *,
    limit: int,
    pointer: str,
    nothing: str,
) -> list[LeadID]:
    """The leads' ids in order. `limit` is the most of one job, `pointer` the field that means them, `nothing` the title when
    they are none.

    Raises NotFound when one that is named is not the campaign's, and Invalid for none and for too many.
    """
    ids = await _ids(uow, campaign, named, chosen, limit + 1)
    if named is not None and len(ids) != len(set(named)):
        raise NotFound("There is no such lead in the campaign.")
    if not ids:
        raise Invalid(nothing, [FieldError(pointer, NOBODY)])
    if len(ids) > limit:
        reason = FieldError(pointer, f"It means more than {limit:,} leads.")
        raise Invalid("That is too much at once; narrow it by a filter.", [reason])
    return ids


async def _ids(
    uow: UnitOfWork,
    campaign: Campaign,
    named: Sequence[LeadID] | None,
    chosen: LeadSelection | None,
    most: int,
) -> list[LeadID]:
    query = Query()
    query.where('l."ProjectID" = {}', (campaign.workspace_id, "bigint"))
    query.where('l."CampaignID" = {}', (campaign.id, "bigint"))
    if named is not None:
        query.where('l."LeadID" = ANY ({})', (sorted(set(named)), "bigint[]"))
    if chosen is not None:
        choose(query, chosen)
    statement = f"""
        SELECT l."LeadID" FROM "Leads" l WHERE {query.filter} ORDER BY l."LeadID" LIMIT {most}
    """  # noqa: S608 — SQL of our own, values are bound
    return [LeadID(row[0]) for row in await InTransaction(uow).rows(statement, *query.arguments)]
