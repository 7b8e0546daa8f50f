"""Ten leads, as a reader wants to see them: `DRAFTS=/tmp/drafts.md make test-full PART=agents` keeps what this test writes."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from persistence.models.agent_run import AgentRun
from persistence.models.campaign import Campaign
from persistence.models.lead import Lead
from persistence.models.outreach import OutreachFormat
from persistence.models.workspace import Workspace
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from tests.factories.campaigns import make_campaign
from tests.factories.experiments import make_experiment
from tests.factories.leads import make_lead
from tests.fixtures.outreach import make_signal
from tests.fixtures.prospects import make_company_prospect
from tests.fixtures.sandbox import SandboxServer
from tests.integration.agents.outreach.conftest import Babel
from tests.integration.agents.outreach.readable import section
from tests.sandbox.companies.generator import generate
from tools.messages.service import read_message
from tools.outreach.drafter import Declined, Wish
from tools.suppressions.schemas import SuppressionCreate
from tools.suppressions.service import suppress

MAIL, INMAIL, NOTE = (
    OutreachFormat.EMAIL_COLD,
    OutreachFormat.LINKEDIN_INMAIL,
    OutreachFormat.LINKEDIN_CONNECTION,
)
PLAN = ((0, MAIL), (0, INMAIL), (0, NOTE), (1, MAIL), (2, MAIL), (3, MAIL), (0, MAIL))
"""Place (its language) and format of those who are written to. Three more are not: suppressed, unknown, lied about."""


@pytest.mark.full
async def test_ten_leads_get_a_draft_with_its_evidence_or_a_reason(
    babel: Babel, sandbox: SandboxServer, tmp_path: Path
) -> None:
    parts = ["# Ten leads\n"]
    for number, (place, form) in enumerate(PLAN, 1):
        lead = await _prospect(babel, number, place)
        parts.append(await _section(babel, number, lead, form))
    suppressed = await _prospect(babel, 8, 0)
    async with babel.bench.context.database.unit_of_work() as uow:
        wanted = SuppressionCreate.model_validate(
            {"kind": "email", "value": suppressed.email, "reason": "opt_out"}
        )
        await suppress(uow, babel.bench.caller, suppressed.workspace_id, [wanted], babel.bench.context.hashes)
    parts.append(await _section(babel, 8, suppressed, MAIL))
    async with babel.bench.context.database.unit_of_work() as uow:
        unknown = await make_lead(
            uow, babel.places[0].campaign, full_name="Per Aas", job_title=None, company="Nordlune"
        )
    parts.append(await _section(babel, 9, unknown, MAIL))
    await sandbox.behave("fabricating")
    parts.append(await _section(babel, 10, await _prospect(babel, 10, 0), MAIL))
    text = "\n".join(parts)
    await asyncio.to_thread(Path(os.environ.get("DRAFTS") or tmp_path / "drafts.md").write_text, text)
    assert text.count("**Kept as a draft**") == len(PLAN)
    assert text.count("**Declined:**") == 3
    assert text.count("No model was asked.") == 2


async def _prospect(babel: Babel, number: int, place: int) -> Lead:
    """Somebody at a company, in a campaign that tests the pain of companies of its kind; every other one is hiring."""
    here = babel.places[place]
    async with babel.bench.context.database.unit_of_work() as uow:
        campaign = await _campaign(uow, here.workspace, 700 + number, here.language)
        lead = await make_company_prospect(uow, here.workspace, campaign, 700 + number, here.language)
        if number % 2 == 0 and here.language == "en":
            await make_signal(uow, lead, f"We are hiring two people for {lead.job_title}.")
        return lead


async def _campaign(uow: UnitOfWork, workspace: Workspace, seed: int, language: str) -> Campaign:
    facts = generate(seed, language).facts
    experiment = await make_experiment(uow, workspace, pain=facts["pain"], trigger=facts["trigger"])
    return await make_campaign(uow, workspace, experiment=experiment)


async def _section(babel: Babel, number: int, lead: Lead, form: OutreachFormat) -> str:
    outcome = await babel.drafter.draft(babel.bench.caller, Wish(lead.id, form))
    async with babel.bench.context.database.unit_of_work() as uow:
        (run,) = await Repository(uow.session, AgentRun).get_all(AgentRun.lead_id == lead.id)
        state: dict[str, Any] = run.state or {}
        if outcome.message_id is None:
            assert isinstance(outcome.declined, Declined)
            return section(number, lead, state, outcome.declined)
        message = await read_message(uow, babel.bench.caller, outcome.message_id)
        return section(number, lead, state, message)
