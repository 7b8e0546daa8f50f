"""The task `generate-experiments`: a talk's set of experiments, made, given filters, and saved with its item's end."""

from contextlib import AsyncExitStack
from enum import IntEnum
from uuid import UUID

from api.jobs.process import Handler, Open, WorkerServices
from api.jobs.talking import TalkServices, WorkerTalk
from api.jobs.work import begin_step, work_on
from persistence.models.job import AsyncJobType
from persistence.session import UnitOfWork
from persistence.types import JobID
from tools.access import Caller
from tools.errors import Forbidden
from tools.generation.service import keep_set
from tools.generation.sets import FiltersByArm, MadeSet, TalkSource
from tools.generation.targeting import DraftTargeting
from tools.jobs import claims
from tools.jobs.claims import ClaimedItem
from tools.jobs.steps import KINDS
from tools.users.queries import caller_of_user

FILTERS_SHARE = 0.4
"""Of the time limit, how much the search for filters may take: they can be made later on each experiment."""


class Step(IntEnum):
    """The steps by their place among the texts of the kind."""

    PARSE = 0
    VALIDATE = 1
    FILTERS = 2
    RECORDS = 3
    SAVE = 4


def open_generation(services: WorkerServices, stack: AsyncExitStack) -> Handler:
    """The task that makes one talk's experiments."""
    talk = WorkerTalk(services, stack)

    async def work(item: ClaimedItem) -> None:
        await generate_item(services, await talk.get(), item)

    async def generate(job_id: str) -> None:
        await work_on(services, JobID(UUID(job_id)), work)

    return generate


async def generate_item(services: WorkerServices, talk: TalkServices, item: ClaimedItem) -> None:
    """One set. It is saved in the transaction that ends the item, so a message that comes twice saves none twice."""
    source = TalkSource.from_json(item.input)
    await begin_step(services, item, Step.PARSE)
    async with services.database.unit_of_work() as uow:
        caller = await caller_of_item(uow, item)
    told = await talk.generator.read(caller, item.workspace_id, source)
    await begin_step(services, item, Step.VALIDATE)
    made = await talk.generator.make(told, item.job_id)
    await begin_step(services, item, Step.FILTERS)
    targeting = DraftTargeting(talk.filters, caller, item.workspace_id)
    patience = services.settings.worker.time_limit * FILTERS_SHARE
    found = await targeting.find(made.drafts(), seconds=patience)
    await begin_step(services, item, Step.RECORDS)
    await _keep(services, item, caller, made, found)


async def _keep(
    services: WorkerServices, item: ClaimedItem, caller: Caller, made: MadeSet, found: FiltersByArm
) -> None:
    source = TalkSource.from_json(item.input)
    await begin_step(services, item, Step.SAVE)
    async with services.database.unit_of_work() as uow:
        kept = await keep_set(uow, caller, item.workspace_id, source, made, found)
        await claims.finish(uow, item, kept.model_dump(mode="json", by_alias=True))


async def caller_of_item(uow: UnitOfWork, item: ClaimedItem) -> Caller:
    """Who asked for the work. Raises Forbidden when they are gone or disabled."""
    if item.user_id is None:
        raise Forbidden("Whoever asked for this is gone.", code="account_disabled")
    return await caller_of_user(uow, item.user_id)


TASKS: dict[str, Open] = {KINDS[AsyncJobType.GENERATE_EXPERIMENTS].task: open_generation}
