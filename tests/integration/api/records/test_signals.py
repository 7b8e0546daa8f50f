"""Signals over HTTP: what people noticed, with citations that hold."""

from datetime import UTC, datetime
from typing import Any

import pytest

from persistence.models.page_snapshot import PageSnapshot
from tests.fixtures.api import Api
from tests.integration.api.records.outreach import new_lead
from tests.integration.api.team import Team, created, make_team

URL = "https://acme.example/jobs"
OWN_WORD: dict[str, Any] = {
    "headline": "Hires a controller",
    "signalType": "hiring",
    "citations": [{"quote": "Kim told me on the phone.", "source": "user"}],
}


async def _read_page(api: Api, team: Team, text: str) -> None:
    async with api.services.database.unit_of_work() as uow:
        uow.session.add(
            PageSnapshot(
                workspace_id=team.workspace_id,
                url=URL,
                final_url=URL,
                content=text,
                content_hash="0" * 64,
                fetched_at=datetime.now(UTC),
            )
        )


def _cited(quote: str) -> dict[str, Any]:
    return OWN_WORD | {"citations": [{"quote": quote, "source": f"page:{URL}"}]}


async def test_a_persons_own_word_names_the_person(api: Api, team: Team) -> None:
    path = f"/leads/{await new_lead(api, team)}/signals"
    signal = await created(team.clients["member"], path, OWN_WORD)
    assert signal["citations"] == [
        {"quote": "Kim told me on the phone.", "source": f"user:{team.user_ids['member']}", "url": None}
    ]
    assert signal["detectedAt"]
    later = await created(team.owner, path, OWN_WORD | {"strengthScore": 70})
    assert (await team.clients["viewer"].get(path)).json()["data"] == [later, signal]


async def test_a_quote_has_to_stand_on_the_page_this_workspace_read(api: Api, team: Team) -> None:
    path = f"/leads/{await new_lead(api, team)}/signals"
    await _read_page(api, team, "Acme is looking  for a “group controller” in Wien.")
    kept = await created(team.owner, path, _cited('looking for a "group controller"'))
    assert kept["citations"][0]["url"] == URL
    refused = await team.owner.post(path, json=_cited("looking for a group treasurer"))
    assert (refused.status_code, refused.json()["code"]) == (422, "quote_not_found")
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/citations/0/quote"]


async def test_what_another_workspace_read_does_not_count(api: Api, team: Team) -> None:
    await _read_page(api, await make_team(api), "Acme is looking for a group controller.")
    path = f"/leads/{await new_lead(api, team)}/signals"
    assert (await team.owner.post(path, json=_cited("looking for a group controller"))).status_code == 422


@pytest.mark.parametrize(
    "change",
    [
        {"citations": []},
        {"citations": [{"quote": "x", "source": "model"}]},
        {"citations": [{"quote": " ", "source": "user"}]},
        {"signalType": "mood"},
        {"strengthScore": 101},
        {"detectedAt": "2026-11-22T10:00:00"},
        {"headline": ""},
    ],
)
async def test_a_signal_without_a_source_is_refused(api: Api, team: Team, change: dict[str, Any]) -> None:
    path = f"/leads/{await new_lead(api, team)}/signals"
    assert (await team.owner.post(path, json=OWN_WORD | change)).status_code == 422


async def test_viewers_add_none_and_strangers_see_none(api: Api, team: Team) -> None:
    path = f"/leads/{await new_lead(api, team)}/signals"
    assert (await team.clients["viewer"].post(path, json=OWN_WORD)).status_code == 403
    assert (await team.stranger.get(path)).status_code == 404
