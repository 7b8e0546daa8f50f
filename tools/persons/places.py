"""Where a person is named in what people wrote of their own company: told to somebody who decides, never rewritten unasked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic.alias_generators import to_camel
from sqlalchemy import inspect, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from persistence.models.campaign import Campaign
from persistence.models.experiment import Experiment
from persistence.models.page_snapshot import PageSnapshot
from persistence.models.sender_profile import SenderProfile
from persistence.models.workspace import OnboardingData, Workspace
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID
from tools.persons.gathering import mentions
from tools.persons.redaction import Traces, redacted
from tools.persons.schemas import Place, PlaceKind

Column = InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Written:
    """Columns of a table that hold what people wrote, or what was read about their company."""

    kind: PlaceKind
    workspace_id: Column
    columns: tuple[Column, ...]


WRITTEN = (
    Written(
        "workspace",
        Workspace.id,
        (Workspace.name, Workspace.settings, Workspace.worldview, Workspace.website_scrape),
    ),
    Written("onboarding", OnboardingData.workspace_id, (OnboardingData.data,)),
    Written(
        "sender",
        SenderProfile.workspace_id,
        (
            *(SenderProfile.name, SenderProfile.title, SenderProfile.company, SenderProfile.postal_address),
            *(SenderProfile.approved_facts, SenderProfile.customer_names, SenderProfile.opt_out_line),
            SenderProfile.style_guide,
        ),
    ),
    Written("campaign", Campaign.workspace_id, (Campaign.name, Campaign.settings)),
    Written(
        "experiment",
        Experiment.workspace_id,
        (
            *(Experiment.name, Experiment.pattern, Experiment.industries, Experiment.pain),
            *(Experiment.trigger, Experiment.wiza_filters, Experiment.outreach_angle, Experiment.design),
        ),
    ),
    Written(
        "page",
        PageSnapshot.workspace_id,
        (PageSnapshot.title, PageSnapshot.description, PageSnapshot.content),
    ),
)


async def places_naming(uow: UnitOfWork, workspace_ids: Sequence[WorkspaceID], traces: Traces) -> list[Place]:
    """The fields that name the person as whole words, in the order of workspace, kind and id."""
    if not traces.words:
        return []
    found = [place for written in WRITTEN for place in await _in(uow, written, workspace_ids, traces)]
    return sorted(found, key=lambda place: (place.workspace_id, place.kind, place.id, place.field))


async def _in(
    uow: UnitOfWork, written: Written, workspace_ids: Sequence[WorkspaceID], traces: Traces
) -> list[Place]:
    (key,) = inspect(written.workspace_id.class_).primary_key
    statement = select(key, written.workspace_id, *written.columns).where(
        written.workspace_id.in_(workspace_ids),
        or_(*[mentions(column, traces) for column in written.columns]),
    )
    pattern = traces.pattern
    return [
        Place(workspace_id=workspace, kind=written.kind, id=row_id, field=to_camel(column.key))
        for row_id, workspace, *values in await uow.session.execute(statement)
        for column, value in zip(written.columns, values, strict=True)
        if redacted(value, pattern) != value
    ]
