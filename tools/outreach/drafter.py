"""The port of the outreach drafter: what is wished for, what is heard while it is written, and what came of it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from persistence.models.outreach import OutreachFormat
from persistence.session import UnitOfWork
from persistence.types import JobID, LeadID
from tools.access import Caller


@dataclass(frozen=True)
class Wish:
    """One message to one lead. `instructions` and `tone` are the user's: they steer style and lift no check.

    `number` is its place in the sequence; more than 1 is a follow-up. `after_draft`: it follows a message that was
    drafted and not sent yet. `unless_drafted`: an unsent message of this format at this place is the answer, if there is
    one. Under a `request_id` one message is written, however often it is asked for within a day.
    """

    lead_id: LeadID
    format: OutreachFormat
    number: int = 1
    tone: str = ""
    instructions: str = ""
    after_draft: bool = False
    unless_drafted: bool = False
    request_id: str | None = None

    @property
    def is_followup(self) -> bool:
        """Whether it follows another message."""
        return self.number > 1

    def as_json(self) -> dict[str, Any]:
        """What names the wish: equal ones are the same piece of work."""
        return {**vars(self), "format": self.format.value}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Wish":
        """The wish that `as_json` wrote."""
        return cls(**{**plain, "format": OutreachFormat(plain["format"])})


@dataclass(frozen=True)
class Declined:
    """No message, for a reason; what would be needed to write one."""

    reason: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What came of a wish: the id of the message that was kept, or why there is none."""

    message_id: int | None
    declined: Declined | None


@dataclass(frozen=True)
class Written:
    """What happens while a message is written: a `node` of the graph begins (`text` is its name), or a model wrote more
    of the `text` or the `subject`, or all heard so far is void (`reset`).
    """

    kind: Literal["node", "text", "subject", "reset"]
    text: str = ""


Heard = Callable[[Written], Awaitable[None]]
Keep = Callable[[UnitOfWork, Outcome], Awaitable[None]]
"""Called last in the transaction that keeps the outcome, for what has to happen with it or not at all."""


@dataclass(frozen=True)
class Lease:
    """A job's item that the work is done for: nobody else works on it as long as it is held."""

    job_id: JobID
    keep: Keep


class Drafter(Protocol):
    """Writes messages: from a lead's stored evidence, checked by code, kept as a draft."""

    async def draft(
        self, caller: Caller, wish: Wish, *, heard: Heard | None = None, lease: Lease | None = None
    ) -> Outcome:
        """Write, check, revise at most twice, keep or decline. For members and above; nothing is sent.

        Raises NotFound, Forbidden, ModelFailure, Conflict (`run_under_way`) while the same is being written, and what
        the lease's `keep` raises. Asked again after a failure, it goes on where it broke off.
        """
        ...
