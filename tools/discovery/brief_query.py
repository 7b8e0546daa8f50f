"""What is stored about a company, in one statement: its parts come as JSON that Postgres has put together.

No row means that the caller is no member. A turn asks before its first word, so each round trip less is felt.
"""

from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ScalarSelect,
    Text,
    bindparam,
    case,
    cast,
    func,
    null,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.orm import InstrumentedAttribute

from persistence.driver.statements import DirectStatement
from persistence.models.campaign import Campaign
from persistence.models.discovery import LearnedStyle
from persistence.models.experiment import Experiment
from persistence.models.page_snapshot import PageSnapshot
from persistence.models.workspace import OnboardingData, Workspace
from tools.access import ROLE

MAX_PAGES = 5
PAGE_LENGTH = 4_000
"""Characters of a page that a turn knows: the rest is not even read."""
MAX_EXPERIMENTS = 15

HERE: BindParameter[Any] = bindparam("workspace")


def _onboarding() -> ScalarSelect[Any]:
    return select(OnboardingData.data).where(OnboardingData.workspace_id == HERE).scalar_subquery()


def _imported_reading() -> ColumnElement[Any]:
    """What the old front end had read of the website, where the product has read nothing itself."""
    own = select(PageSnapshot.id).where(PageSnapshot.workspace_id == HERE).exists()
    return case((own, null()), else_=Workspace.website_scrape)


def _style() -> ScalarSelect[Any]:
    style = LearnedStyle
    found = _json(guide=style.guide, learned_from=style.learned_from, examples=style.examples)
    return select(found).where(style.workspace_id == HERE).scalar_subquery()


def _pages() -> ScalarSelect[Any]:
    """The newest reading of each page, newest first."""
    newest = select(func.max(PageSnapshot.id)).where(PageSnapshot.workspace_id == HERE)
    page = (
        select(PageSnapshot.id, PageSnapshot.final_url, PageSnapshot.title, PageSnapshot.content)
        .where(PageSnapshot.id.in_(newest.group_by(PageSnapshot.url)))
        .order_by(PageSnapshot.id.desc())
        .limit(MAX_PAGES)
        .subquery()
    )
    found = _json(url=page.c.final_url, title=page.c.title, content=func.left(page.c.content, PAGE_LENGTH))
    return _listed(found, page.c.id.desc())


def _experiments() -> ScalarSelect[Any]:
    """The newest experiments, oldest first, with the sums of their campaigns that are not deleted."""
    one = (
        select(
            Experiment.id,
            Experiment.name,
            Experiment.type,
            Experiment.status,
            Experiment.pattern,
            Experiment.pain,
            Experiment.design,
        )
        .where(Experiment.workspace_id == HERE)
        .order_by(Experiment.id.desc())
        .limit(MAX_EXPERIMENTS)
        .subquery()
    )
    sums = (
        select(
            func.sum(Campaign.total_leads).label("leads"),
            func.sum(Campaign.contacted_count).label("contacted"),
            func.sum(Campaign.replied_count).label("replied"),
            func.sum(Campaign.meetings_booked).label("meetings"),
        )
        .where(
            Campaign.workspace_id == HERE,
            Campaign.experiment_id == one.c.id,
            Campaign.deleted_at.is_(None),
        )
        .lateral()
    )
    found = _json(
        id=one.c.id,
        name=one.c.name,
        type=one.c.type,
        status=one.c.status,
        pattern=one.c.pattern,
        pain=one.c.pain,
        design=one.c.design,
        **{name: func.coalesce(count, 0) for name, count in sums.c.items()},
    )
    return _listed(found, one.c.id)


def _json(**values: ColumnElement[Any] | InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    named = [part for name, value in values.items() for part in (name, value)]
    return func.jsonb_build_object(*named)


def _listed(item: ColumnElement[Any], order: Any) -> ScalarSelect[Any]:
    """All of them as one array; none as null."""
    return select(func.jsonb_agg(aggregate_order_by(item, order), type_=JSONB)).scalar_subquery()


STORED = DirectStatement(
    ROLE.add_columns(
        Workspace.name,
        Workspace.website,
        Workspace.language,
        *(
            cast(part, Text)
            for part in (_imported_reading(), _onboarding(), _pages(), _experiments(), _style())
        ),
    )
)
"""Takes `workspace` and `user`. The last five columns are JSON as text: reading of a website that came from the old front end,
onboarding, pages, experiments, the style that was learned.
"""
