"""Workspaces that write in four languages, and the drafter."""

from dataclasses import dataclass

import pytest

from agents.outreach.drafter import GraphDrafter
from persistence.models.agent_run import AgentRun
from persistence.models.campaign import Campaign
from persistence.models.lead import Lead
from persistence.models.outreach import OutreachFormat, OutreachStatus
from persistence.models.user import User
from persistence.models.workspace import Workspace
from persistence.repositories import Repository
from persistence.types import LeadID
from tests.factories.campaigns import make_campaign
from tests.factories.workspaces import make_workspace
from tests.fixtures.graphs import GraphBench
from tests.fixtures.outreach import make_sender
from tests.fixtures.prospects import make_company_prospect
from tools.errors import Conflict, Invalid
from tools.messages.generated import keep_generated
from tools.messages.schemas import MessageUpdate
from tools.messages.service import read_message, update_message
from tools.outreach.drafter import Declined
from tools.outreach.evidence import DraftText
from tools.outreach.formats import FORMATS
from tools.outreach.writing.letter import read_answer

LANGUAGES = ("en", "de", "fr", "es")
FORMS = (OutreachFormat.EMAIL_COLD, OutreachFormat.LINKEDIN_INMAIL, OutreachFormat.LINKEDIN_CONNECTION)
FACTS = {
    "en": "Tidewerk plans crews for harbour tugs.",
    "de": "Tidewerk plant Mannschaften für Hafenschlepper.",
    "fr": "Tidewerk planifie les équipages des remorqueurs.",
    "es": "Tidewerk planifica tripulaciones de remolcadores.",
}


@dataclass
class Place:
    """A workspace that writes in one language."""

    workspace: Workspace
    campaign: Campaign
    language: str


@dataclass
class Babel:
    """Workspaces of one owner in four languages, and the drafter."""

    bench: GraphBench
    places: list[Place]
    drafter: GraphDrafter

    async def prospect(self, number: int) -> Lead:
        place = self.places[number % len(self.places)]
        async with self.bench.context.database.unit_of_work() as uow:
            return await make_company_prospect(
                uow, place.workspace, place.campaign, 500 + number, place.language
            )

    async def answers(self, lead_id: LeadID) -> list[str]:
        """Everything a model answered for this lead."""
        async with self.bench.context.database.unit_of_work() as uow:
            runs = await Repository(uow.session, AgentRun).get_all(AgentRun.lead_id == lead_id)
        return [answer for run in runs for answer in (run.state or {}).get("answers", [])]

    async def keep(self, lead_id: LeadID, answer: str, form: OutreachFormat) -> int | None:
        """Keep an answer as it is, whatever the drafter thought of it."""
        letter = read_answer(answer, FORMATS[form])
        if isinstance(letter, Declined):
            return None
        text = DraftText(format=form.value, subject=letter.subject, body=letter.body)
        async with self.bench.context.database.unit_of_work() as uow:
            hashes = self.bench.context.hashes
            return (await keep_generated(uow, self.bench.caller, lead_id, text, hashes)).id

    async def queued(self, message_id: int) -> str | None:
        """The text that was queued; None when that was refused."""
        change = MessageUpdate(status=OutreachStatus.SCHEDULED)
        try:
            async with self.bench.context.database.unit_of_work() as uow:
                hashes = self.bench.context.hashes
                await update_message(uow, self.bench.caller, message_id, change, hashes)
        except (Conflict, Invalid):
            return None
        async with self.bench.context.database.unit_of_work() as uow:
            message = await read_message(uow, self.bench.caller, message_id)
            return f"{message.subject}\n{message.content}"


@pytest.fixture
async def babel(graph_bench: GraphBench) -> Babel:
    places = []
    async with graph_bench.context.database.unit_of_work() as uow:
        owner = await uow.session.get_one(User, graph_bench.caller.user_id)
        for language in LANGUAGES:
            workspace = await make_workspace(uow, owner=owner, language=language)
            await make_sender(uow, workspace, approved_facts=[FACTS[language]])
            places.append(Place(workspace, await make_campaign(uow, workspace), language))
    return Babel(graph_bench, places, GraphDrafter(graph_bench.runs))
