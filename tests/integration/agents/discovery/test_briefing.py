"""What a turn knows of the company is stored once, beside the talk; a state only names it, for as long as there is a record."""

from collections.abc import Awaitable, Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from langgraph.runtime import Runtime
from sqlalchemy import delete, func, select

from agents.discovery import briefing
from agents.discovery.briefing import begin_brief, informed
from agents.discovery.followup import followup
from agents.events import TurnEvent
from persistence.models.agent_run import BriefPart
from persistence.models.experiment import Experiment
from persistence.models.page_snapshot import PageSnapshot
from persistence.models.workspace import OnboardingData, Workspace
from persistence.repositories import Repository
from persistence.session import Database, UnitOfWork
from persistence.settings import DatabaseSettings
from persistence.types import WorkspaceID, utc_now
from tests.factories.experiments import make_experiment
from tests.factories.rows import insert
from tests.factories.states import state
from tests.fixtures.discovery import DiscoveryTalk, NodeBench, OpenTalk
from tools.discovery.shared_briefs import KeptBrief
from tools.errors import NotFound

ONBOARDING = {
    "company": {"oneSentencePitch": "We close the books of steel traders in two days."},
    "customerEvidence": {"bestCustomers": [{"role": "Head of finance", "quote": "Nine days were lost."}]},
}
Change = Callable[[DiscoveryTalk, UnitOfWork], Awaitable[Any]]


async def heard_by_nobody(_event: TurnEvent) -> None:
    """Nobody listens."""


async def known_here(talk: DiscoveryTalk) -> KeptBrief:
    """What the process knows of the talk's workspace."""
    kept = briefing._kept(talk.database)
    return await kept.load(talk.database.direct, talk.caller, talk.workspace.id)


async def parts(talk: DiscoveryTalk) -> int:
    async with talk.database.unit_of_work() as uow:
        statement = select(func.count()).where(BriefPart.workspace_id == talk.workspace.id)
        return int((await uow.session.execute(statement)).scalar_one())


async def test_a_talk_stores_what_it_knows_once_and_only_what_changed_again(open_talk: OpenTalk) -> None:
    talk = await open_talk(ONBOARDING)
    first = await talk.say("Our best customer is a steel trader near Passau.")
    stored = await parts(talk)
    again = await talk.say("They lost nine days every month.")
    assert await parts(talk) == stored
    assert "brief" not in first.state
    assert again.state["company"] == first.state["company"]
    async with talk.database.unit_of_work() as uow:
        pitch = {"oneSentencePitch": "We close the books in one day."}
        changed = {"data": {**ONBOARDING, "company": pitch}}
        await Repository(uow.session, OnboardingData).update(
            changed, OnboardingData.workspace_id == talk.workspace.id
        )
    after = await talk.say("The head of finance signed.")
    assert await parts(talk) == stored + 1
    assert (await talk.brief(after.state))["facts"][0]["text"] == "We close the books in one day."
    assert (await talk.brief(first.state))["facts"][0]["text"].endswith("in two days.")


async def test_a_run_loads_its_brief_once_and_another_process_finds_it_again(bench: NodeBench) -> None:
    begun = {"turn": {"message_id": "answer-1", "text": "Hello", "now": "2026-11-22T10:00:00+00:00"}}
    brief, reference = await begin_brief(begun, bench.context)  # type: ignore[arg-type]
    elsewhere = replace(bench.context, loaded={})
    assert (await informed({"company": reference}, elsewhere))["brief"] == brief
    async with bench.context.database.unit_of_work() as uow:
        await uow.session.execute(
            delete(BriefPart).where(BriefPart.workspace_id == bench.context.workspace_id)
        )
    for context in (bench.context, elsewhere):
        assert (await informed({"company": reference}, context))["brief"] == brief
    with pytest.raises(NotFound):
        await informed({"company": reference}, replace(bench.context, loaded={}))


async def new_onboarding(talk: DiscoveryTalk, uow: UnitOfWork) -> None:
    changed = {"data": {"company": {"oneSentencePitch": "We close the books in one day."}}}
    here = OnboardingData.workspace_id == talk.workspace.id
    await Repository(uow.session, OnboardingData).update(changed, here)


async def new_page(talk: DiscoveryTalk, uow: UnitOfWork) -> None:
    address = "https://closewise.example"
    page = {"url": address, "final_url": address, "content": "Books closed in a day.", "content_hash": "0"}
    await insert(
        uow, PageSnapshot, {**page, "workspace_id": talk.workspace.id, "fetched_at": utc_now()}, {"title": ""}
    )


async def new_experiment(talk: DiscoveryTalk, uow: UnitOfWork) -> None:
    await make_experiment(uow, talk.workspace, name="Owners of packing houses")


async def changed_experiment(talk: DiscoveryTalk, uow: UnitOfWork) -> None:
    here = Experiment.workspace_id == talk.workspace.id
    await Repository(uow.session, Experiment).update({"name": "Traders"}, here)


async def new_name(talk: DiscoveryTalk, uow: UnitOfWork) -> None:
    await Repository(uow.session, Workspace).update({"name": "Renamed"}, Workspace.id == talk.workspace.id)


async def new_user_name(talk: DiscoveryTalk, _uow: UnitOfWork) -> None:
    talk.caller = replace(talk.caller, name="Somebody Else")


@pytest.mark.parametrize(
    ("change", "part", "shown"),
    [
        (new_onboarding, "facts", "in one day"),
        (new_page, "pages", "Books closed in a day."),
        (new_experiment, "experiments", "Owners of packing houses"),
        (changed_experiment, "experiments", "Traders"),
        (new_name, "workspace", "Renamed"),
        (new_user_name, "user", "Somebody Else"),
    ],
)
async def test_the_very_next_turn_knows_what_has_changed(
    open_talk: OpenTalk, change: Change, part: str, shown: str
) -> None:
    talk = await open_talk(ONBOARDING)
    async with talk.database.unit_of_work() as uow:
        await make_experiment(uow, talk.workspace, name="Clinics")
    before = await talk.say("Our best customer is a steel trader near Passau.")
    async with talk.database.unit_of_work() as uow:
        await change(talk, uow)
    after = await talk.say("They lost nine days every month.")
    earlier, later = await talk.brief(before.state), await talk.brief(after.state)
    assert shown not in str(earlier[part])  # type: ignore[literal-required]
    assert shown in str(later[part])  # type: ignore[literal-required]


async def test_turns_share_what_they_know_and_leave_it_as_it_was(open_talk: OpenTalk) -> None:
    talk = await open_talk(ONBOARDING)
    await talk.say("Our best customer is a steel trader near Passau.")
    kept = await known_here(talk)
    brief: Any = kept.brief
    before, worked_out = deepcopy(dict(brief)), dict(brief.worked_out)
    shown = repr(worked_out)
    other = await open_talk(of=talk)
    for each in (talk, other):
        await each.say("They lost nine days every month, and called us after the auditor complained.")
    asked = await other.say("Just give me five experiments now, please.")
    assert asked.proposed is not None
    await other.answer(asked.interrupts[0].id, approved=False)
    assert await known_here(talk) is kept
    assert (await briefing.begin_brief({}, talk.context(heard_by_nobody, uuid4())))[0] is brief
    assert brief == before
    assert worked_out
    assert all(brief.worked_out[derive] is value for derive, value in worked_out.items())
    assert repr(worked_out) == shown


async def test_two_databases_of_a_process_know_of_their_own_what_is_stored(
    bench: NodeBench, own_database_url: str
) -> None:
    settings = DatabaseSettings.model_validate({"DATABASE_URL": own_database_url})
    other = Database(settings)
    assert briefing._kept(other) is not briefing._kept(bench.context.database)
    assert briefing._kept(other) is briefing._kept(other)
    await other.close()


async def test_a_brief_is_stored_before_a_state_names_it_though_storing_failed_before(
    bench: NodeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(*_: Any) -> None:
        raise OSError("away")

    context = bench.context
    with monkeypatch.context() as patched:
        patched.setattr(briefing, "keep_brief", refused)
        with pytest.raises(OSError, match="away"):
            await begin_brief({}, context)
    brief, reference = await begin_brief({}, context)
    assert (await informed({"company": reference}, replace(context, loaded={})))["brief"] == brief


async def test_a_state_names_nothing_of_another_workspace(bench: NodeBench) -> None:
    _, reference = await begin_brief({}, bench.context)
    foreign = replace(bench.context, loaded={}, workspace_id=WorkspaceID(0))
    with pytest.raises(NotFound):
        await informed({"company": reference}, foreign)


async def test_a_brief_that_is_gone_ends_the_turn_with_a_sentence(bench: NodeBench) -> None:
    lost = {**state(), "company": dict.fromkeys(("company", "facts", "pages", "experiments"), "0" * 64)}
    with pytest.raises(NotFound, match="not stored any more"):
        await followup(lost, Runtime(context=bench.context))  # type: ignore[arg-type]


async def test_it_dies_with_the_workspace(open_talk: OpenTalk) -> None:
    talk = await open_talk(ONBOARDING)
    await talk.say("Our best customer is a steel trader near Passau.")
    assert await parts(talk)
    async with talk.database.unit_of_work() as uow:
        await Repository(uow.session, Workspace).delete(Workspace.id == talk.workspace.id)
    assert await parts(talk) == 0
