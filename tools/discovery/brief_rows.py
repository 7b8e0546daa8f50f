"""Briefs as they are stored: in parts under the hashes of their content, so that a thousand turns that knew the same keep it once."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, cast

import orjson
from sqlalchemy import BigInteger, bindparam, select, text
from sqlalchemy.dialects.postgresql import JSONB

from persistence.models.agent_run import BriefPart
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID
from tools.discovery.brief import CompanyBrief
from tools.errors import NotFound

BriefReference = dict[str, str]
"""Hash by part."""

LISTS = ("facts", "pages", "experiments", "style")
"""The long parts; they change on different occasions. All the rest of a brief is one part more."""
REST = "company"


def reference_of(brief: CompanyBrief) -> BriefReference:
    """The name of a brief: the same for the same content."""
    return {name: _hash(part) for name, part in _parts(brief).items()}


KEEP = text(
    """
    INSERT INTO "BriefParts" ("ProjectID", "Hash", "Content")
    SELECT :workspace, part.hash, part.content
    FROM jsonb_to_recordset(:parts) AS part (hash text, content jsonb)
    ON CONFLICT DO NOTHING
    """
).bindparams(bindparam("workspace", type_=BigInteger), bindparam("parts", type_=JSONB))
"""One parameter for all parts: SQLAlchemy compiles an insert of several rows anew each time."""


async def keep_brief(uow: UnitOfWork, workspace_id: WorkspaceID, brief: CompanyBrief) -> None:
    """Store the parts that are not stored yet."""
    parts = [{"hash": _hash(part), "content": part} for part in _parts(brief).values()]
    await uow.session.execute(KEEP, {"workspace": workspace_id, "parts": parts})


async def read_brief(
    uow: UnitOfWork, workspace_id: WorkspaceID, reference: Mapping[str, str]
) -> CompanyBrief:
    """The brief of this name. Raises NotFound when a part of it is gone."""
    wanted = BriefPart.hash.in_(set(reference.values()))
    statement = select(BriefPart.hash, BriefPart.content).where(
        BriefPart.workspace_id == workspace_id, wanted
    )
    found = {row.hash: row.content for row in await uow.session.execute(statement)}
    if not found.keys() >= set(reference.values()):
        raise NotFound("What was known of the company in this turn is not stored any more.")
    parts = {name: found[part] for name, part in reference.items()}
    return cast(CompanyBrief, {**parts.pop(REST), **parts})


def _parts(brief: CompanyBrief) -> dict[str, Any]:
    rest = {name: value for name, value in brief.items() if name not in LISTS}
    return {REST: rest, **{name: value for name, value in brief.items() if name in LISTS}}


def _hash(part: Any) -> str:
    return sha256(orjson.dumps(part, option=orjson.OPT_SORT_KEYS)).hexdigest()
