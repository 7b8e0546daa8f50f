"""The first turn of a new talk: person and limits are looked at, and talk, lease and run come into being, in one statement.

Nothing is there yet that it could meet, so nothing has to be locked or looked up. All other messages go `tools/turns/opening.py`'s way.
"""

from datetime import timedelta
from functools import partial
from typing import cast
from uuid import uuid4

from sqlalchemy import Interval, Table, bindparam, func, insert, literal, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.sql import Select

from persistence.driver.connections import DirectTransaction
from persistence.driver.statements import DirectStatement
from persistence.models.discovery import DiscoverySession
from persistence.types import SessionID, WorkspaceID, utc_now
from tools.access import Access, Caller
from tools.turns import forks
from tools.turns.beginning.admission import ADMITTED, access_of
from tools.turns.lease import FIRST
from tools.turns.limits import COUNTS, refuse_over_limits
from tools.turns.requests import MessageRequest, OpenedTurn
from tools.turns.settings import TurnSettings
from tools.turns.starting import GIVEN, RUN, ask_lease, new_row

TALK = cast(Table, DiscoverySession.__table__)
NOT_YET = SessionID(0)
"""Stands for the talk's number until Postgres has given it one."""


def _open() -> Select[tuple[object, ...]]:
    """What `access_of` wants, the counts of `COUNTS`, and the new talk's number: null when the client's chat id is taken."""
    admitted = ADMITTED.cte("admitted")
    values = {
        "ProjectID": bindparam("workspace"),
        "UserID": bindparam("user"),
        "ClientChatID": bindparam("chat", type_=TALK.c.ClientChatID.type),
        "ThreadID": bindparam("thread", type_=TALK.c.ThreadID.type),
        "ActiveTurnID": bindparam("run", type_=TALK.c.ActiveTurnID.type),
        "LeaseOwner": bindparam("owner", type_=TALK.c.LeaseOwner.type),
        "LeaseUntil": func.now() + bindparam("period", type_=Interval()),
        "Fence": literal(FIRST),
    }
    member = select(*values.values()).select_from(admitted).where(admitted.c.role.is_not(None))
    talk = (
        upsert(TALK)
        .from_select([*values], member)
        .on_conflict_do_nothing()
        .returning(TALK.c.DiscoverySessionID)
        .cte("talk")
    )
    row = [
        talk.c[0] if name == "of_session" else bindparam(name, type_=RUN.c[column].type)
        for name, column in GIVEN.items()
    ]
    columns = [*GIVEN.values(), RUN.c.Fence.name]
    run = insert(RUN).from_select(columns, select(*row, literal(FIRST)).select_from(talk)).cte("run_row")
    counts = COUNTS.subquery("counts")
    found = counts.outerjoin(admitted, literal(True)).outerjoin(talk, literal(True))
    return select(*admitted.c, *counts.c, talk.c[0]).select_from(found).add_cte(run)


OPEN = DirectStatement(_open())


def begins_talk(request: MessageRequest) -> bool:
    """Whether a message can only be the first of a talk: it names none of ours, and no earlier try of its own."""
    reference = request.session
    named = reference.session_id is not None or reference.newest
    chat_goes_on = reference.client_chat_id is not None and not request.first
    return not (named or chat_goes_on or request.keyed or request.regenerate)


async def open_first(
    transaction: DirectTransaction,
    caller: Caller,
    workspace_id: WorkspaceID,
    request: MessageRequest,
    *,
    owner: str,
    settings: TurnSettings,
) -> tuple[Access, OpenedTurn] | None:
    """Open the talk with its turn; None when the client's chat id is known already, and then nothing was written.

    For what `begins_talk`, in a transaction that began with `starts_lock`. Raises QuotaExceeded and what `access_of` raises,
    and then the transaction must not be committed.
    """
    turn_id = uuid4()
    lease = ask_lease(NOT_YET, turn_id, settings)
    opening = partial(
        OpenedTurn,
        turn_id=turn_id,
        thread_id=uuid4(),
        message_id=str(uuid4()),
        client_message_id=request.message_id or str(uuid4()),
        kind="turn",
        text=request.text,
        lease=lease,
        turn_count=1,
        now=utc_now(),
    )
    row = new_row(caller, workspace_id, opening(NOT_YET), {"text": request.text, forks.AFTER: None})
    given = OPEN.arguments(
        **row,
        chat=request.session.client_chat_id,
        owner=owner,
        period=timedelta(seconds=settings.lease),
    )
    ((user, client, role, *counted, session_id),) = await transaction.rows(OPEN.text, *given)
    access = access_of(caller, workspace_id, (user, client, role))
    refuse_over_limits(counted, settings)
    if session_id is None:
        return None
    lease.session_id = SessionID(session_id)
    lease.grant(FIRST)
    return access, opening(lease.session_id)
