"""A long talk over HTTP: what a turn costs the API process and the database at its 20th and at its last turn."""

import time
from dataclasses import dataclass
from statistics import mean, median

import httpx
import psycopg

from tests.bench.clock import cpu_seconds
from tests.dev import processes

EARLY = 20
"""The turn that the last one is compared with."""
AROUND = 10
"""Turns on each side of it that are taken together."""

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
    """What one turn took: CPU of the API process in seconds, times in milliseconds."""

    cpu_seconds: float
    first_text_ms: float
    whole_ms: float


@dataclass(frozen=True)
class Stretch:
    """Neighbouring turns of one talk, taken together: one alone says little."""

    moments: list[Moment]

    @property
    def cpu_ms(self) -> float:
        """CPU of the API process for a turn."""
        return mean(moment.cpu_seconds for moment in self.moments) * 1000

    @property
    def first_text_ms(self) -> float:
        """From request to the first visible text, the median."""
        return median(moment.first_text_ms for moment in self.moments)

    @property
    def whole_ms(self) -> float:
        """From request to the end of the stream, the median."""
        return median(moment.whole_ms for moment in self.moments)


@dataclass(frozen=True)
class LongTalk:
    """Turns around the 20th and the newest of a long talk, measured in turns of one another, and what it stored.

    `bytes_a_turn` is of all tables once Postgres has thrown away what is dead; `tokens` are the models' input by turn.
    """

    turns: int
    early: Stretch
    late: Stretch
    bytes_a_turn: float
    tokens: list[int]
    session_id: int

    @property
    def cpu_ratio(self) -> float:
        """CPU of a turn at the end of the long talk to one at its beginning."""
        return self.late.cpu_ms / self.early.cpu_ms

    @property
    def latency_ratio(self) -> float:
        """The same of the time to the end of the stream."""
        return self.late.whole_ms / self.early.whole_ms

    @property
    def token_ratio(self) -> float:
        """The same of the tokens sent to the models."""
        return mean(self.tokens[-AROUND:]) / mean(self.tokens[EARLY - AROUND : EARLY])


async def measure(
    api: processes.Child,
    base_url: str,
    headers: dict[str, str],
    workspace_id: int,
    database_url: str,
    turns: int = 500,
) -> LongTalk:
    """Talk `turns` times, about 1 KB each, one after the other; its last turns beside the 20th of a second talk.

    Nobody else may use the API or the database meanwhile.
    """
    async with httpx.AsyncClient(base_url=base_url, headers=headers, timeout=60, trust_env=False) as client:
        long, young = (_Talk(client, api.process.pid, workspace_id) for _ in range(2))
        await long.say(EARLY)
        before = stored_bytes(database_url)
        await long.say(turns - EARLY - 2 * AROUND)
        grown = stored_bytes(database_url) - before
        await young.say(EARLY - AROUND)
        early: list[Moment] = []
        late: list[Moment] = []
        for _ in range(2 * AROUND):
            early += await young.say(1)
            late += await long.say(1)
    each = grown / (turns - EARLY - 2 * AROUND)
    tokens = sent_tokens(database_url, long.session_id)
    return LongTalk(turns, Stretch(early), Stretch(late), each, tokens, long.session_id)


class _Talk:
    """One conversation and how far it has come."""

    def __init__(self, client: httpx.AsyncClient, pid: int, workspace_id: int) -> None:
        self.session_id = 0
        self._client = client
        self._pid = pid
        self._url = f"/workspaces/{workspace_id}/discovery"
        self._number = 0

    async def say(self, turns: int) -> list[Moment]:
        """So many turns more."""
        return [await self._turn() for _ in range(turns)]

    async def _turn(self) -> Moment:
        self._number += 1
        body: dict[str, object] = {"message": words(self._number)}
        if self.session_id:
            body["sessionId"] = self.session_id
        before, began = cpu_seconds(self._pid), time.monotonic()
        first = await self._stream(body)
        whole = time.monotonic() - began
        moment = Moment(cpu_seconds(self._pid) - before, (first - began) * 1000, whole * 1000)
        if not self.session_id:
            answer = await self._client.get(f"{self._url}/sessions", params={"limit": 1})
            self.session_id = int(answer.raise_for_status().json()["data"][0]["id"])
        return moment

    async def _stream(self, body: dict[str, object]) -> float:
        """One turn read to its end; when its first text came, on the monotonic clock."""
        first = 0.0
        async with self._client.stream("POST", f"{self._url}/chat", json=body) as response:
            response.raise_for_status()
            async for line in response.aiter_lines():
                if not first and '"text-delta"' in line:
                    first = time.monotonic()
        if not first:
            raise RuntimeError(f"turn {self._number} held no text")
        return first


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


def sent_tokens(database_url: str, session_id: int) -> list[int]:
    """The tokens that each turn of a talk sent to the models."""
    with psycopg.connect(database_url) as connection:
        rows = connection.execute(
            'SELECT "InputTokens" FROM "DiscoveryTurns" WHERE "DiscoverySessionID" = %s ORDER BY "StartedAt"',
            (session_id,),
        ).fetchall()
    return [int(row[0]) for row in rows]
