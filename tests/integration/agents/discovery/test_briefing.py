"""What a turn knows of the company is stored once, beside the talk; a state only names it, for as long as there is a record."""

from dataclasses import replace

import pytest
from langgraph.runtime import Runtime
from sqlalchemy import delete, func, select

from agents.discovery.briefing import begin_brief, informed
from agents.discovery.followup import followup
from persistence.models.agent_run import BriefPart
from persistence.models.workspace import OnboardingData, Workspace
from persistence.repositories import Repository
from persistence.types import WorkspaceID
from tests.factories.states import state
from tests.fixtures.discovery import DiscoveryTalk, NodeBench, OpenTalk
from tools.errors import NotFound

ONBOARDING = {"company": {"oneSentencePitch": "We close the books of steel traders in two days."}}


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
        changed = {"data": {"company": {"oneSentencePitch": "We close the books in one day."}}}
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
