"""Everything that is stored about one person, put together."""

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic.alias_generators import to_camel
from pydantic_core import to_jsonable_python
from sqlalchemy import ColumnElement, String, cast, inspect, or_, select

from persistence.models.agent_run import AgentRun
from persistence.models.campaign import CampaignActivity
from persistence.models.discovery import DiscoveryMessage, DiscoverySession
from persistence.models.entity import Entity
from persistence.models.job import JobItem
from persistence.models.lead import LeadSignal
from persistence.models.outreach import OutreachMessage
from persistence.models.paid_call import PaidCall
from persistence.models.suppression import Suppression
from persistence.session import UnitOfWork
from persistence.types import utc_now
from tools.persons.queries import Found
from tools.persons.redaction import Traces, traces_of
from tools.persons.schemas import PersonExport, Place
from tools.suppressions.hashing import Contact, ContactHashes

E = TypeVar("E", bound=Entity)


async def gather(uow: UnitOfWork, found: Found, hashes: ContactHashes, places: list[Place]) -> PersonExport:
    """The export, with the places that name the person. Access was checked before."""
    leads = [lead.id for lead in found.leads]
    traces = traces_of(found.person, found.leads)
    talks = (
        select(DiscoveryMessage)
        .join(DiscoverySession)
        .where(
            DiscoverySession.workspace_id.in_(found.workspace_ids), mentions(DiscoveryMessage.message, traces)
        )
    )
    said = (await uow.session.execute(talks)).scalars()
    return PersonExport(
        exported_at=utc_now(),
        person=_plain(found.person),
        leads=[_plain(lead) for lead in found.leads],
        messages=await _rows(uow, OutreachMessage, OutreachMessage.lead_id.in_(leads)),
        signals=await _rows(uow, LeadSignal, LeadSignal.lead_id.in_(leads)),
        activities=await _rows(uow, CampaignActivity, CampaignActivity.lead_id.in_(leads)),
        runs=await _rows(uow, AgentRun, AgentRun.lead_id.in_(leads)),
        job_items=await _rows(uow, JobItem, JobItem.lead_id.in_(leads)),
        paid_calls=await _rows(uow, PaidCall, *answers_about(found, traces)),
        mentions=[{"sessionId": row.session_id, "message": row.message} for row in said],
        places=places,
        suppressions=await _suppressions(uow, found, hashes),
    )


def mentions(column: Any, traces: Traces) -> ColumnElement[bool]:
    """Whether a column of text or JSON may name the person; never a false no."""
    text = cast(column, String)
    words = traces.words | {_as_json(word) for word in traces.words}
    return or_(*[text.icontains(word, autoescape=True) for word in sorted(words)])


def answers_about(found: Found, traces: Traces) -> list[ColumnElement[bool]]:
    """Answers of providers that name the person, of their Client."""
    return [PaidCall.client_id == found.person.client_id, mentions(PaidCall.response, traces)]


async def _suppressions(uow: UnitOfWork, found: Found, hashes: ContactHashes) -> list[dict[str, Any]]:
    contacts = [Contact(row.email, row.linkedin_url) for row in found.rows]
    keys = {key for contact in contacts for key in hashes.matching(contact)}
    where = [Suppression.client_id == found.person.client_id, Suppression.key_hash.in_(keys)]
    rows = await _rows(uow, Suppression, *where)
    return [{name: value for name, value in row.items() if name != "keyHash"} for row in rows]


async def _rows(uow: UnitOfWork, entity: type[E], *where: ColumnElement[bool]) -> list[dict[str, Any]]:
    found: Iterable[E] = (await uow.session.execute(select(entity).where(*where))).scalars()
    return [_plain(row) for row in found]


def _plain(row: Entity) -> dict[str, Any]:
    """A row as plain JSON, its attributes named as on the wire."""
    columns = inspect(type(row)).column_attrs
    values = {to_camel(column.key.rstrip("_")): getattr(row, column.key) for column in columns}
    plain: dict[str, Any] = to_jsonable_python(values, bytes_mode="base64")
    return plain


def _as_json(word: str) -> str:
    """A word as it stands within a JSON string."""
    return word.replace("\\", "\\\\").replace('"', '\\"')
