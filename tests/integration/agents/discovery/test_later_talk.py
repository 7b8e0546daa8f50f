"""A later talk: it is told the results, says what they don't show yet, and revises without touching what is in use."""

from persistence.models.campaign import Campaign
from tests.factories.campaigns import make_campaign
from tests.factories.states import SAID
from tests.fixtures.discovery import DiscoveryTalk, OpenTalk
from tests.fixtures.sandbox import SandboxServer
from tests.integration.agents.discovery.test_talk import FIVE_NOW, ONBOARDING, talk_to_the_set


async def saved_talk(open_talk: OpenTalk) -> DiscoveryTalk:
    """A talk whose five experiments were saved."""
    talk = await open_talk(ONBOARDING)
    heard = await talk_to_the_set(talk, "en")
    await talk.answer(heard.interrupts[0].id, approved=True)
    assert len(await talk.experiments()) == 5
    return talk


async def contacted(talk: DiscoveryTalk, leads: int, replies: int) -> Campaign:
    """A campaign of the bullseye that has brought this."""
    bullseye = (await talk.experiments())[0]
    async with talk.database.unit_of_work() as uow:
        return await make_campaign(
            uow,
            talk.workspace,
            experiment_id=bullseye.id,
            total_leads=leads,
            contacted_count=leads,
            replied_count=replies,
        )


async def test_a_later_talk_is_told_what_the_results_show_and_what_they_dont(
    open_talk: OpenTalk, sandbox: SandboxServer
) -> None:
    talk = await saved_talk(open_talk)
    await contacted(talk, 110, 4)
    later = await open_talk(of=talk)
    since = await sandbox.last_call()
    heard = await later.say("How did our first experiment do, and should we stop the others?")
    assert heard.state["plan"]["mode"] == "discuss"
    assert heard.state["plan"]["knew"]["saved"] == 5
    told = str((await sandbox.calls(since=since, kind="text", bodies=True))[0]["body"])
    assert "contacted 110, replied 4" in told
    assert "Not enough data yet" in told
    assert heard.interrupts == ()


async def test_a_later_talk_revises_beside_what_is_in_use(open_talk: OpenTalk) -> None:
    talk = await saved_talk(open_talk)
    await contacted(talk, 110, 4)
    before = {experiment.id: experiment.name for experiment in await talk.experiments()}
    later = await open_talk(of=talk)
    heard = await later.say("Please make five new experiments out of what we learned.")
    if heard.proposed is None:
        heard = await later.say(FIVE_NOW["en"])
    assert heard.proposed is not None
    assert heard.proposed.valid
    assert (await talk.experiments())[-1].id in before, "nothing is saved before a yes"
    await later.answer(heard.interrupts[0].id, approved=True)
    after = await talk.experiments()
    assert len(after) == 10
    assert before.items() <= {experiment.id: experiment.name for experiment in after}.items()
    again = await later.say(SAID["en"][1])
    assert again.state["plan"]["mode"] == "discuss"


async def test_a_later_talk_knows_the_style_that_an_earlier_one_learned(open_talk: OpenTalk) -> None:
    writes = {
        "voice": {"contentExamples": ["Hi Anna – short one. Your close takes nine days, ours two. Tom"]}
    }
    talk = await open_talk({**ONBOARDING, **writes})
    first = await talk.say(SAID["en"][0])
    assert "style" in first.nodes
    later = await open_talk(of=talk)
    heard = await later.say(SAID["en"][1])
    assert "style" not in heard.nodes
    assert heard.state["style"] == first.state["style"]
