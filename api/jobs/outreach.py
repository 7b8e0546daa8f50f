"""The tasks `generate-outreach` and `generate-outreach-batch`: messages written by the drafter, each kept with its item's end."""

import asyncio
from contextlib import AsyncExitStack
from uuid import UUID

from agents.outreach.drafter import GraphDrafter
from api.jobs.graphs import open_graphs
from api.jobs.process import Handler, Open, WorkerServices
from api.jobs.together import work_together
from api.jobs.work import begin_step, work_on
from persistence.models.job import AsyncJobType
from persistence.session import UnitOfWork
from persistence.types import JobID
from tools.access import Caller
from tools.errors import Conflict, Forbidden, NotFound
from tools.jobs import claims
from tools.jobs.claims import ClaimedItem, ComeBack
from tools.jobs.steps import KINDS
from tools.leads.reading import NO_LEAD
from tools.messages.asking import read_outcome
from tools.messages.bulk import WISHES, wish_of_item
from tools.outreach.drafter import Drafter, Heard, Lease, Outcome, Wish, Written
from tools.providers.website.reader import WebsiteReader
from tools.runs.service import UNDER_WAY
from tools.users.queries import caller_of_user

AT_ONCE = 12
"""Messages of one bulk job that a child writes at the same time; more would wait for the provider's places."""
AGAIN_SECONDS = 5.0
"""After which an item looks again whether the same message, which somebody else is writing, is there."""
STEPS = {"packet": 0, "draft": 2, "revise": 3, "keep": 4}
"""The step that a node of the graph begins, by its place among the texts of the kind."""


class WorkerDrafter:
    """A drafter of the child's own, opened with the first message: a checkpointer can't be opened without waiting."""

    def __init__(self, services: WorkerServices, stack: AsyncExitStack) -> None:
        self._services = services
        self._stack = stack
        self._opening = asyncio.Lock()
        self._drafter: Drafter | None = None

    async def get(self) -> Drafter:
        """The drafter."""
        async with self._opening:
            if self._drafter is None:
                self._drafter = await self._open()
            return self._drafter

    async def _open(self) -> Drafter:
        pages = WebsiteReader(self._services.settings.website)
        self._stack.push_async_callback(pages.close)
        return GraphDrafter(await open_graphs(self._services, self._stack, pages))


def open_one(services: WorkerServices, stack: AsyncExitStack) -> Handler:
    """The task that writes one message."""
    drafter = WorkerDrafter(services, stack)

    async def work(item: ClaimedItem) -> None:
        await draft_item(services, await drafter.get(), item, heard=noted_steps(services, item))

    async def generate(job_id: str) -> None:
        await work_on(services, JobID(UUID(job_id)), work)

    return generate


def open_many(services: WorkerServices, stack: AsyncExitStack) -> Handler:
    """The task that writes to many leads, a bounded number at a time."""
    drafter = WorkerDrafter(services, stack)
    places = asyncio.Semaphore(AT_ONCE)

    async def work(item: ClaimedItem) -> None:
        async with places:
            await draft_item(services, await drafter.get(), item, heard=still_wanted(services, item))

    async def generate(job_id: str) -> None:
        await work_together(services, JobID(UUID(job_id)), work, nothing_to_tidy)

    return generate


async def nothing_to_tidy(_uow: UnitOfWork, _job_id: JobID) -> bool:
    """A lead that got no message stands as it did."""
    return True


async def draft_item(
    services: WorkerServices, drafter: Drafter, item: ClaimedItem, *, heard: Heard | None = None
) -> None:
    """One message. It is kept in the transaction that ends the item, so a message that comes twice writes none twice."""
    async with services.database.unit_of_work() as uow:
        if item.user_id is None:
            raise Forbidden("Whoever asked for this is gone.", code="account_disabled")
        caller = await caller_of_user(uow, item.user_id)
        wish = await _wish(uow, caller, item)

    async def keep(uow: UnitOfWork, outcome: Outcome) -> None:
        read = await read_outcome(uow, outcome)
        await claims.finish(uow, item, read.model_dump(mode="json", by_alias=True))

    try:
        await drafter.draft(caller, wish, heard=heard, lease=Lease(item.job_id, keep))
    except Conflict as conflict:
        if conflict.error_code != UNDER_WAY:
            raise
        raise ComeBack(AGAIN_SECONDS) from conflict


async def _wish(uow: UnitOfWork, caller: Caller, item: ClaimedItem) -> Wish:
    """What an item wishes for: said when the job was made, or made of the job's wishes and the item's lead."""
    if WISHES not in item.input:
        return Wish.from_json(item.input["wish"])
    if item.lead_id is None:
        raise NotFound(NO_LEAD)
    return await wish_of_item(uow, caller, item.lead_id, item.input[WISHES])


def still_wanted(services: WorkerServices, item: ClaimedItem) -> Heard:
    """Asks before each call of a model whether the item is still ours and wanted."""

    async def ask(written: Written) -> None:
        if written.kind == "node":
            async with services.database.unit_of_work() as uow:
                await claims.require_going(uow, item)

    return ask


def noted_steps(services: WorkerServices, item: ClaimedItem) -> Heard:
    """Notes each step as it begins; so a job that was cancelled stops before its next call of a model."""

    async def note(written: Written) -> None:
        if written.kind == "node" and written.text in STEPS:
            await begin_step(services, item, STEPS[written.text])

    return note


TASKS: dict[str, Open] = {
    KINDS[AsyncJobType.GENERATE_OUTREACH].task: open_one,
    KINDS[AsyncJobType.BULK_GENERATE_OUTREACH].task: open_many,
}
