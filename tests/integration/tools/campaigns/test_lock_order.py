"""Changes of counters and the deletion of an experiment lock rows in one order, so that none waits for the other for ever."""

import asyncio

from persistence.models.experiment import Experiment
from persistence.session import Database
from tests.factories.campaigns import make_campaign
from tests.factories.experiments import make_experiment
from tests.factories.users import caller_of, make_user
from tests.factories.workspaces import make_workspace
from tools.campaigns.counters import Counts, shift_campaign, shift_experiments
from tools.experiments.service import delete_experiment


async def test_an_experiment_is_deleted_after_a_change_that_has_begun(database: Database) -> None:
    async with database.unit_of_work() as uow:
        owner = await make_user(uow)
        workspace = await make_workspace(uow, owner=owner)
        experiment = await make_experiment(uow, workspace)
        campaign = await make_campaign(uow, workspace, experiment=experiment)

    async def delete() -> None:
        async with database.unit_of_work() as uow:
            await delete_experiment(uow, caller_of(owner), experiment.id)

    async with database.unit_of_work() as uow:
        await shift_campaign(uow, campaign.id, Counts(1))
        deleting = asyncio.create_task(delete())
        await asyncio.sleep(0.5)
        assert not deleting.done()
        await shift_experiments(uow, {experiment.id: Counts(1)})
    await deleting
    async with database.unit_of_work() as uow:
        assert await uow.session.get(Experiment, experiment.id) is None
