"""A set on its way from a talk to the tables: where it comes from, what it says, which filters were found for it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from persistence.models.experiment import ExperimentType
from persistence.types import SessionID
from tools.errors import Invalid
from tools.experiments.schemas import ExperimentCreate

Json = dict[str, Any]

REFUSED = "refused"


@dataclass(frozen=True)
class TalkSource:
    """A talk, as it stood after the run `state_of`."""

    session_id: SessionID
    state_of: UUID

    def as_json(self) -> Json:
        """As a job keeps it."""
        return {"sessionId": self.session_id, "stateOf": str(self.state_of)}

    @classmethod
    def from_json(cls, plain: Json) -> "TalkSource":
        """What `as_json` wrote."""
        return cls(SessionID(plain["sessionId"]), UUID(plain["stateOf"]))


@dataclass(frozen=True)
class MadeSet:
    """Five experiments as on the wire, and what was said of them. `style_guide`: how the founder writes, if it is known."""

    experiments: list[Json]
    insight: str
    pre_evidence: bool
    style_guide: Json | None = None

    def drafts(self) -> list[ExperimentCreate]:
        """The experiments as they can be saved."""
        return [ExperimentCreate.model_validate(item) for item in self.experiments]


@dataclass(frozen=True)
class FoundFilters:
    """Filters as they go over the wire, how many people they find, and whether that is what the experiment needs."""

    filters: Json
    count: int
    reached: bool


FiltersByArm = dict[ExperimentType, FoundFilters]


def refuse_broken(proposal: Json) -> None:
    """Raise Invalid, by the rules' names, for a set that the rules refused."""
    if proposal["status"] != REFUSED:
        return
    names = ", ".join(dict.fromkeys(item["rule"] for item in proposal["broken"]))
    details = "; ".join(f"{item['arm'] or 'the set'}: {item['detail']}" for item in proposal["broken"])
    raise Invalid(
        f"The set breaks a rule: {names}. Nothing was saved. ({details})"[:1_000], code="design_rule"
    )
