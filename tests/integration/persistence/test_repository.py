"""The six methods of a repository, and the version each change leaves behind."""

from persistence.models.campaign import Campaign
from persistence.models.experiment import Experiment, ExperimentStatus, ExperimentType
from persistence.models.workspace import Workspace
from persistence.repositories import Repository
from persistence.session import Database, UnitOfWork
from tests.factories.campaigns import make_campaign
from tests.factories.experiments import make_experiment
from tests.factories.workspaces import make_workspace


async def experiments(uow: UnitOfWork, count: int) -> tuple[Workspace, list[Experiment]]:
    """A workspace with experiments."""
    workspace = await make_workspace(uow)
    return workspace, [await make_experiment(uow, workspace) for _ in range(count)]


async def test_create_takes_many_rows_and_fills_in_what_the_database_decides(uow: UnitOfWork) -> None:
    workspace = await make_workspace(uow)
    rows = [
        Experiment(workspace_id=workspace.id, name=f"E{number}", type=ExperimentType.BULLSEYE)
        for number in range(3)
    ]
    created = await Repository(uow.session, Experiment).create(*rows)
    assert [row.name for row in created] == ["E0", "E1", "E2"]
    assert len({row.id for row in created}) == 3
    assert {row.status for row in created} == {ExperimentStatus.PENDING}
    assert {row.version for row in created} == {1}
    assert all(row.created_at.tzinfo and row.created_at == row.updated_at for row in created)


async def test_get_finds_the_one_row_or_none(uow: UnitOfWork) -> None:
    _, (first, _) = await experiments(uow, 2)
    repository = Repository(uow.session, Experiment)
    assert await repository.get(Experiment.id == first.id) is first
    assert await repository.get(Experiment.id == first.id, Experiment.name == "another") is None


async def test_get_all_orders_and_limits(uow: UnitOfWork) -> None:
    workspace, made = await experiments(uow, 3)
    found = await Repository(uow.session, Experiment).get_all(
        Experiment.workspace_id == workspace.id, order_by=[Experiment.id.desc()], limit=2
    )
    assert [row.id for row in found] == [made[2].id, made[1].id]


async def test_count_counts_what_matches(uow: UnitOfWork) -> None:
    workspace, made = await experiments(uow, 3)
    repository = Repository(uow.session, Experiment)
    assert await repository.count(Experiment.workspace_id == workspace.id) == 3
    assert await repository.count(Experiment.id == made[0].id, Experiment.name == "another") == 0


async def test_update_changes_what_matches_and_says_how_many(uow: UnitOfWork) -> None:
    workspace, made = await experiments(uow, 3)
    repository = Repository(uow.session, Experiment)
    changed = await repository.update(
        {"pain": "New"}, Experiment.workspace_id == workspace.id, Experiment.id != made[0].id
    )
    assert changed == 2
    found = await repository.get_all(Experiment.workspace_id == workspace.id, order_by=[Experiment.id])
    assert [row.pain == "New" for row in found] == [False, True, True]
    assert [row.version for row in found] == [1, 2, 2]


async def test_delete_removes_what_matches_and_says_how_many(uow: UnitOfWork) -> None:
    workspace, made = await experiments(uow, 3)
    repository = Repository(uow.session, Experiment)
    assert await repository.delete(Experiment.id.in_([made[0].id, made[1].id])) == 2
    assert await repository.count(Experiment.workspace_id == workspace.id) == 1


async def test_a_changed_entity_has_its_new_version_and_time_at_once(database: Database) -> None:
    async with database.unit_of_work() as uow:
        workspace = await make_workspace(uow)
    async with database.unit_of_work() as uow:
        found = await Repository(uow.session, Workspace).get(Workspace.id == workspace.id)
        assert found is not None
        before = found.updated_at
        found.name = "Renamed"
        await uow.session.flush()
        assert found.version == 2
        assert found.updated_at > before


async def test_an_unchanged_entity_keeps_its_version(uow: UnitOfWork) -> None:
    workspace = await make_workspace(uow)
    workspace.name = str(workspace.name)
    await uow.session.flush()
    await uow.session.refresh(workspace)
    assert workspace.version == 1


async def test_a_counter_can_move_without_a_new_version(uow: UnitOfWork) -> None:
    campaign = await make_campaign(uow, await make_workspace(uow))
    values = {"total_leads": Campaign.total_leads + 5, "version": Campaign.version}
    await Repository(uow.session, Campaign).update(values, Campaign.id == campaign.id)
    await uow.session.refresh(campaign)
    assert (campaign.total_leads, campaign.version) == (5, 1)


async def test_none_in_a_json_column_is_null_and_not_the_json_word(uow: UnitOfWork) -> None:
    workspace = await make_workspace(uow, settings={"tone": "plain"})
    workspace.settings = None
    await uow.session.flush()
    repository = Repository(uow.session, Workspace)
    assert await repository.count(Workspace.id == workspace.id, Workspace.settings.is_(None)) == 1
