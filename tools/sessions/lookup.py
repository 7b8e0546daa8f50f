"""Which session a client means: our number, the chat id it chose itself, or none yet."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import defer

from persistence.models.discovery import DiscoverySession, DiscoverySessionStatus
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import MAX_BIGINT, SessionID
from tools.access import Access
from tools.errors import NotFound

WITHOUT_TALK = (
    defer(DiscoverySession.messages),
    defer(DiscoverySession.talk),
    defer(DiscoverySession.generated_icps),
)
"""A turn is opened and joined without reading the whole talk."""


@dataclass(frozen=True)
class SessionReference:
    """What a request says of its session. At most one of the first two is set.

    `newest` asks for the caller's newest open session: for clients that know no ids but continue a talk.
    """

    session_id: SessionID | None = None
    client_chat_id: str | None = None
    newest: bool = False


def parse_reference(text: str) -> SessionReference:
    """A session as it stands in a path or in `useChat`'s `id`: digits are our number, all else the client's chat id."""
    if text.isascii() and text.isdigit() and text[0] != "0" and int(text) <= MAX_BIGINT:
        return SessionReference(session_id=SessionID(int(text)))
    return SessionReference(client_chat_id=text)


async def find_session(
    uow: UnitOfWork, access: Access, reference: SessionReference, *, for_update: bool = False
) -> DiscoverySession:
    """The session of this workspace that is meant, its talk not loaded. Raises NotFound."""
    session = await _lookup(uow, access, reference, for_update=for_update)
    if session is None:
        raise NotFound("There is no such conversation.")
    return session


async def find_or_create_session(
    uow: UnitOfWork, access: Access, reference: SessionReference
) -> DiscoverySession:
    """The session that is meant, locked; a new one unless our own number was given. Raises NotFound."""
    if reference.session_id is not None:
        return await find_session(uow, access, reference, for_update=True)
    found = await _lookup(uow, access, reference, for_update=True)
    if found is not None:
        return found
    if reference.client_chat_id is None:
        session = DiscoverySession(workspace_id=access.workspace_id, user_id=access.caller.user_id)
        await Repository(uow.session, DiscoverySession).create(session)
        # A row that nobody else can see yet needs no lock.
        return session
    values = {
        "workspace_id": access.workspace_id,
        "user_id": access.caller.user_id,
        "client_chat_id": reference.client_chat_id,
    }
    await uow.session.execute(insert(DiscoverySession).values(**values).on_conflict_do_nothing())
    return await find_session(uow, access, reference, for_update=True)


async def _lookup(
    uow: UnitOfWork, access: Access, reference: SessionReference, *, for_update: bool
) -> DiscoverySession | None:
    sessions = Repository(uow.session, DiscoverySession)
    here = DiscoverySession.workspace_id == access.workspace_id
    if reference.session_id is not None:
        return await sessions.get(
            here, DiscoverySession.id == reference.session_id, for_update=for_update, options=WITHOUT_TALK
        )
    if reference.client_chat_id is not None:
        chat = DiscoverySession.client_chat_id == reference.client_chat_id
        return await sessions.get(here, chat, for_update=for_update, options=WITHOUT_TALK)
    if not reference.newest:
        return None
    newest = (
        select(DiscoverySession)
        .where(
            here,
            DiscoverySession.user_id == access.caller.user_id,
            DiscoverySession.status == DiscoverySessionStatus.ACTIVE,
            DiscoverySession.imported.is_(False),
        )
        .order_by(DiscoverySession.id.desc())
        .limit(1)
        .options(*WITHOUT_TALK)
    )
    if for_update:
        newest = newest.with_for_update()
    return (await uow.session.execute(newest)).scalar_one_or_none()
