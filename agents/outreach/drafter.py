"""The drafter as the product has it: a recorded run of the graph, whose message is kept in the transaction that ends it."""

from typing import Any

from agents.outreach import graph as outreach
from agents.runs import FinishedRun, GraphRuns
from persistence.models.lead import Lead
from persistence.models.outreach import OutreachMessage
from persistence.models.workspace import ProjectRole
from persistence.session import UnitOfWork
from tools.access import Caller
from tools.leads.queries import lead_of
from tools.messages.drafting import drafted_already, keep_draft
from tools.outreach.drafter import Declined, Heard, Lease, Outcome, Wish, Written
from tools.outreach.evidence import DraftText
from tools.runs.service import RunRequest

GRAPH = "outreach"
MESSAGE = "message_id"


class GraphDrafter:
    """Fills the port `Drafter`."""

    def __init__(self, runs: GraphRuns) -> None:
        self._runs = runs
        self._graph = outreach.build().compile()

    async def draft(
        self, caller: Caller, wish: Wish, *, heard: Heard | None = None, lease: Lease | None = None
    ) -> Outcome:
        """Write, check, revise at most twice, keep or decline; as the port says."""
        async with self._runs.open() as uow:
            lead = await lead_of(uow, caller, wish.lead_id, ProjectRole.MEMBER)
            if there := await drafted_already(uow, wish):
                return await _left_alone(uow, there, lease)
        request, begun = _request(caller, lead, wish, lease), {"wish": wish.as_json()}
        async with (
            self._runs.run(self._graph, caller, request, begun, heard=heard) as done,
            self._runs.open() as uow,
        ):
            stood = bool(done.state["kept"])
            outcome = await self._outcome(uow, caller, wish, done)
            if lease is not None:
                await lease.keep(uow, outcome)
            if not done.again:
                await done.end(uow)
        if heard is not None and stood and outcome.declined is not None:
            # What was heard and let stand by the graph may not be sent after all: nobody is to go on reading it.
            await heard(Written("reset"))
        return outcome

    async def _outcome(self, uow: UnitOfWork, caller: Caller, wish: Wish, done: FinishedRun) -> Outcome:
        """What the run came to; of one that was over before, what it came to then."""
        state = done.state
        if done.again:
            return outcome_of(state)
        if state["kept"]:
            text = DraftText.model_validate(state["draft"])
            kept = await keep_draft(uow, caller, wish, text, self._runs.hashes)
            if isinstance(kept, Declined):
                state.update(kept=False, refusal={"reason": kept.reason, "missing": list(kept.missing)})
            else:
                state[MESSAGE] = kept.id
        return outcome_of(state)


async def _left_alone(uow: UnitOfWork, there: OutreachMessage, lease: Lease | None) -> Outcome:
    """Nothing is written: the message that is there is the outcome."""
    outcome = Outcome(there.id, None)
    if lease is not None:
        await lease.keep(uow, outcome)
    return outcome


def outcome_of(state: dict[str, Any]) -> Outcome:
    """The outcome in a run's last state."""
    if state["kept"]:
        return Outcome(state[MESSAGE], None)
    refusal = state["refusal"]
    return Outcome(None, Declined(refusal["reason"], tuple(refusal["missing"])))


def _request(caller: Caller, lead: Lead, wish: Wish, lease: Lease | None) -> RunRequest:
    """The wish as it is recorded. What a client named is done once; what it didn't name is not done twice at a time."""
    return RunRequest(
        GRAPH,
        lead.workspace_id,
        caller.user_id,
        wish.as_json(),
        lead_id=lead.id,
        campaign_id=lead.campaign_id,
        job_id=lease.job_id if lease else None,
        alone=True,
        once=wish.request_id is not None,
        held=lease is not None,
    )
