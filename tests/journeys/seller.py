"""Somebody who sells: experiments, campaigns, leads, messages, outcomes, the comparison, a file to take away."""

import asyncio
import csv
import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.factories.designs import assumed, design
from tools.experiments.design import DimensionName, Direction

Json = dict[str, Any]
PERSONAS = ("Head of finance", "Head of operations")
ONBOARDING = {
    "company": {"companyName": "Ledgerline", "oneSentencePitch": "We close the books in two days."},
    "customerEvidence": {
        "hasPayingCustomers": True,
        "bestCustomers": [{"name": "Acme", "quote": "Nine days."}],
    },
}


def arm(kind: str, persona: str) -> Json:
    """An experiment with its design, as a client sends it."""
    fields = {name.value: assumed(f"Our {name.value}") for name in DimensionName}
    fields["persona"] = assumed(persona)
    if kind != "bullseye":
        fields |= {
            "changed_dimensions": (DimensionName.PERSONA,),
            "predicted_direction": Direction.HIGHER,
        }
    made = design(**fields, pre_evidence=True, minimum_sample=300)
    return {
        "name": persona,
        "type": kind,
        "pain": "Month-end takes nine days",
        "design": made.model_dump(mode="json", by_alias=True),
    }


def people(label: str, numbers: range) -> list[Json]:
    """Leads of companies of their own."""
    return [
        {
            "fullName": f"{label} {number}",
            "jobTitle": "Controller",
            "company": f"{label} Company {number}",
            "companyDomain": f"{label.lower()}{number}.example",
            "linkedinUrl": f"https://www.linkedin.com/in/{label.lower()}-{number}",
            "email": f"one@{label.lower()}{number}.example",
        }
        for number in numbers
    ]


def as_csv(rows: list[Json], *, header: dict[str, str]) -> bytes:
    """The rows as a file whose columns are called what `header` says."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(header.values())
    writer.writerows([row[field] for field in header] for row in rows)
    return buffer.getvalue().encode()


@dataclass
class Seller:
    """A signed-in person, their workspace, and how long things took them."""

    client: httpx.AsyncClient
    workspace_id: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        """Note how long the block takes."""
        started = time.monotonic()
        yield
        self.seconds[what] = round(self.seconds.get(what, 0.0) + time.monotonic() - started, 2)

    @property
    def path(self) -> str:
        """The workspace's path."""
        return f"/workspaces/{self.workspace_id}"

    async def get(self, path: str, **query: Any) -> Any:
        """The data of an answer."""
        return (await self.answer("GET", path, params=query)).json()["data"]

    async def send(self, method: str, path: str, body: Json, *, status: int = 200) -> Any:
        """The data of a write's answer."""
        return (await self.answer(method, path, status=status, json=body)).json()["data"]

    async def answer(self, method: str, path: str, *, status: int = 200, **sent: Any) -> httpx.Response:
        """An answer of this status."""
        answer = await self.client.request(method, path, **sent)
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text[:2_000]}"
        return answer

    async def begin(self) -> None:
        """Sign in, make a workspace, describe the company."""
        me = await self.get("/auth/me")
        assert me["email"]
        self.workspace_id = (await self.send("POST", "/workspaces", {"name": "Ledgerline"}, status=201))["id"]
        await self.send("PUT", f"{self.path}/onboarding", {"data": ONBOARDING})

    async def set_up_arms(self) -> list[tuple[int, int]]:
        """A control and an arm beside it, a campaign each: the ids of experiments and campaigns."""
        body = {"experiments": [arm("bullseye", PERSONAS[0]), arm("variable_a", PERSONAS[1])]}
        saved = await self.send("POST", f"{self.path}/experiments", body, status=201)
        found = []
        for experiment in saved:
            made = {"name": experiment["name"], "experimentId": experiment["id"]}
            campaign = await self.send("POST", f"{self.path}/campaigns", made, status=201)
            found.append((experiment["id"], campaign["id"]))
        return found

    async def write_to(self, lead_id: int) -> None:
        """Write to a lead: draft, queue, and say that it was sent."""
        text = {"channel": "email", "subject": "Month-end", "body": "Would a two-day close be worth a talk?"}
        message = await self.send("POST", f"/leads/{lead_id}/messages", text, status=201)
        for status in ("scheduled", "sent"):
            moved = await self.send("PUT", f"/messages/{message['id']}", {"status": status})
            assert moved["status"] == status

    async def bulk(self, action: str, value: Any, **chosen: Any) -> Json:
        """One action on many leads."""
        body = {"workspaceId": self.workspace_id, "filter": chosen, "action": action, "value": value}
        done: Json = await self.send("POST", "/leads/bulk", body)
        assert done["refused"] == []
        return done

    async def export(self, **request: Any) -> httpx.Response:
        """Ask for a file, wait for it, and fetch it."""
        job = await self.send("POST", f"{self.path}/exports", request, status=202)
        async with asyncio.timeout(300):
            while True:
                state = await self.get(f"/jobs/{job['jobId']}")
                if state["status"] not in {"queued", "processing"}:
                    break
                await asyncio.sleep(0.1)
        assert state["status"] == "completed", state
        return await self.answer("GET", state["output"]["downloadPath"])
