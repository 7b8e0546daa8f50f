"""What a client asks for when it wants a turn, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from persistence.types import SessionID
from tools.sessions.lookup import SessionReference
from tools.turns.lease import Lease

TurnKind = Literal["turn", "regenerate", "edit", "resume"]


@dataclass(frozen=True)
class MessageRequest:
    """A message of the user. `message_id` names the turn: the same again joins it. `regenerate` wants another answer to it.

    `keyed`: the name is an Idempotency-Key, so that with another text it is an error and not an edit. `first`: the client knows of
    nothing before it in the talk, which spares looking for the talk; what it does not know is looked for all the same.
    """

    session: SessionReference
    text: str
    message_id: str | None = None
    regenerate: bool = False
    keyed: bool = False
    first: bool = False


@dataclass(frozen=True)
class ApprovalAnswer:
    """Yes or no to one pending approval. `echoed_input` is what the client believes it answers, when it says so."""

    approval_id: str
    approved: bool
    reason: str | None = None
    echoed_input: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class ApprovalRequest:
    """Answers to approvals that a turn of this session waits for."""

    session: SessionReference
    answers: tuple[ApprovalAnswer, ...]


@dataclass(frozen=True)
class OpenedTurn:
    """A turn that this process now owns and has to run."""

    session_id: SessionID
    turn_id: UUID
    thread_id: UUID
    message_id: str
    client_message_id: str | None
    kind: TurnKind
    text: str
    lease: Lease
    turn_count: int
    """Turns of the session, this one included."""
    now: datetime
    """When it was asked for."""
    keep_messages: int | None = None
    """How many stored messages stay when the talk was forked; None: all."""
    after: UUID | None = None
    """The run that this one follows in the talk; for a resumed one, the run that waited."""
    seed: UUID | None = None
    """The run whose state the thread begins with; None: the thread holds the state, or there is none."""
    answers: tuple[ApprovalAnswer, ...] = ()
    answered_calls: Mapping[str, str] = field(default_factory=dict)
    """Tool call by approval id, of `answers`."""
    told_calls: frozenset[str] = frozenset()
    """Tool calls the client knows from before the approval: the node that runs again does not tell them twice."""
    attempt: int = 1
    """Counts the processes that have had this turn."""

    @property
    def state_of(self) -> UUID | None:
        """The run whose state this one should find when it begins."""
        return self.seed or self.after


@dataclass(frozen=True)
class KnownTurn:
    """The turn that was asked for exists already: it runs, or it has ended."""

    session_id: SessionID
    turn_id: UUID
