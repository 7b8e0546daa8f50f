"""A long talk over HTTP: what a turn costs the API process and the database at its 20th and at its last turn."""

import time
from dataclasses import dataclass
from statistics import mean, median

import httpx
import psutil
import psycopg

from tests.bench.streaming import cpu_seconds
from tests.dev import processes

EARLY = 20
"""The turn that the last one is compared with."""
AROUND = 10
"""Turns on each side that are taken together: the process's CPU clock ticks every 10 ms."""

PLACES = ("Passau", "Linz", "Graz", "Ulm", "Hof", "Celle", "Bremen", "Erfurt", "Kassel", "Trier", "Jena")
TRADES = ("steel traders", "dairies", "print shops", "sawmills", "bakeries", "breweries", "glass makers")
BUYERS = ("head of maintenance", "plant manager", "head of finance", "logistics lead", "quality manager")
TROUBLES = (
    "unplanned stops",
    "late orders",
    "a failed audit",
    "scrap on night shifts",
    "missing spare parts",
)


@dataclass(frozen=True)
class Moment:
    """What one turn took: CPU of the API process in seconds, times in milliseconds, tokens sent to the models."""

    cpu_seconds: float
    first_text_ms: float
    whole_ms: float


@dataclass(frozen=True)
class LongTalk:
    """A talk's turns in their order, and the size of the whole database after some of them, tidied up, in bytes."""

    moments: list[Moment]
    stored: dict[int, int]
    session_id: int

    def cpu_ms(self, turn: int) -> float:
        """CPU of the API process for a turn, its neighbours taken together."""
        return mean(moment.cpu_seconds for moment in self._around(turn)) * 1000

    def whole_ms(self, turn: int) -> float:
        """From request to the end of the stream; the median of a turn and its neighbours."""
        return median(moment.whole_ms for moment in self._around(turn))

    def first_text_ms(self, turn: int) -> float:
        """From request to the first visible text; the median of a turn and its neighbours."""
        return median(moment.first_text_ms for moment in self._around(turn))

    @property
    def stored_a_turn(self) -> float:
        """Bytes the database grew by with each turn, from the early one to the last."""
        return (self.stored[len(self.moments)] - self.stored[EARLY]) / (len(self.moments) - EARLY)

    def _around(self, turn: int) -> list[Moment]:
        last = min(turn + AROUND, len(self.moments))
        return self.moments[last - 2 * AROUND : last]


async def measure(
    api: processes.Child,
    base_url: str,
    headers: dict[str, str],
    workspace_id: int,
    database_url: str,
    turns: int = 500,
) -> LongTalk:
    """Talk `turns` times, about 1 KB each, one after the other. Nobody else may use the API or the database meanwhile."""
    process = psutil.Process(api.process.pid)
    url = f"/workspaces/{workspace_id}/discovery/chat"
    moments: list[Moment] = []
    stored: dict[int, int] = {}
    async with httpx.AsyncClient(base_url=base_url, headers=headers, timeout=60, trust_env=False) as client:
        session_id = 0
        for number in range(1, turns + 1):
            body: dict[str, object] = {"message": words(number)} | (
                {"sessionId": session_id} if session_id else {}
            )
            before = cpu_seconds(process)
            began = time.monotonic()
            first = await _turn(client, url, body)
            whole = time.monotonic() - began
            moments.append(Moment(cpu_seconds(process) - before, (first - began) * 1000, whole * 1000))
            session_id = session_id or await _newest(client, workspace_id)
            if number in (EARLY, turns):
                stored[number] = stored_bytes(database_url)
    return LongTalk(moments, stored, session_id)


def words(number: int) -> str:
    """About 1 KB that a founder may say in the talk's turn `number`: never the same twice, each with a new detail."""
    place, trade = PLACES[number % len(PLACES)], TRADES[number % len(TRADES)]
    buyer, trouble = BUYERS[number % len(BUYERS)], TROUBLES[number // 5 % len(TROUBLES)]
    told = [
        f"Let me tell you about customer {number}, one of the {trade} near {place}, with {40 + number} people.",
        f"The {buyer} there called us in week {number % 52 + 1} because {trouble} had cost them {number + 3} hours.",
        f"Before that they kept everything in a spreadsheet of {number * 7 + 100} rows that only one person understood.",
        f"We showed the {buyer} their own numbers of the last {number % 12 + 2} months, and that was what decided it.",
        f"They pay {9_000 + number * 10} euros a year, and the contract took {number % 30 + 5} days from the first call.",
        f"What held them back was the question who would look after it when the {buyer} was away on holiday.",
    ]
    text = " ".join(told)
    filler = f" In {place} nobody talks about software first; they talk about the line that stood still."
    return text + filler * max(0, round((1_000 - len(text)) / len(filler)))


def stored_bytes(database_url: str) -> int:
    """The size of all tables with indexes and long values, once Postgres has thrown away what is dead."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("VACUUM FULL")
        row = connection.execute(
            "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c"
            " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r'"
        ).fetchone()
    assert row is not None
    return int(row[0])


async def _turn(client: httpx.AsyncClient, url: str, body: dict[str, object]) -> float:
    """One turn read to its end; when its first text came, on the monotonic clock."""
    first = 0.0
    async with client.stream("POST", url, json=body) as response:
        response.raise_for_status()
        async for line in response.aiter_lines():
            if not first and '"text-delta"' in line:
                first = time.monotonic()
    if not first:
        raise RuntimeError(f"a turn of {url} held no text")
    return first


async def _newest(client: httpx.AsyncClient, workspace_id: int) -> int:
    answer = await client.get(f"/workspaces/{workspace_id}/discovery/sessions", params={"limit": 1})
    return int(answer.raise_for_status().json()["data"][0]["id"])
