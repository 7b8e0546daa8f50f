"""The limit of bulk work: one process that asks the provider for 50 leads at once by aiohttp, updates leads 50 at a time by
`unnest` and shows progress every 100 ms. It keeps no ledger, no fences, no counters and no history; killed, it pays twice.

`python -m tests.bench.bulk.limit`: prints seconds and CPU of the whole as JSON.
"""

import argparse
import asyncio
import json
import time

import aiohttp
import asyncpg
import uvloop
from redis.asyncio import Redis

AT_ONCE = 50
BATCH = 50
PROGRESS_SECONDS = 0.1
LEADS = 'SELECT "LeadID", "LinkedinUrl" FROM "Leads" WHERE "CampaignID" = $1 ORDER BY "LeadID"'
STORE = """
UPDATE "Leads" SET "Email" = found.email, "JobTitle" = found.title, "EnrichmentData" = found.answer::jsonb,
  "Status" = 'enriched', "UpdatedAt" = now()
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) AS found (id, email, title, answer)
WHERE "LeadID" = found.id
"""

Found = tuple[int, str, str, str]


class Limit:
    """One run."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]", redis: Redis, url: str, campaign: int) -> None:
        self._pool, self._redis, self._url, self._campaign = pool, redis, url, campaign
        self._found: list[Found] = []
        self._done = 0

    async def run(self) -> None:
        """All leads of the campaign."""
        leads = await self._pool.fetch(LEADS, self._campaign)
        waiting = iter(leads)
        over = asyncio.Event()
        showing = asyncio.create_task(self._show(over))
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as client:
            await asyncio.gather(*(self._take(client, waiting) for _ in range(AT_ONCE)))
        await self._store()
        over.set()
        await showing

    async def _take(self, client: aiohttp.ClientSession, waiting: "asyncio.Future[None]") -> None:
        for lead, url in waiting:  # type: ignore[attr-defined]
            body = {"individual_reveal": {"profile_url": url}, "enrichment_level": "partial"}
            headers = {"x-call-key": str(lead), "authorization": "Bearer key"}
            async with client.post(self._url, json=body, headers=headers) as answer:
                data = json.loads(await answer.read())["data"]
            self._found.append((lead, data["email"], data["title"], json.dumps(data)))
            if len(self._found) >= BATCH:
                await self._store()

    async def _store(self) -> None:
        found, self._found = self._found, []
        if found:
            await self._pool.execute(STORE, *map(list, zip(*found, strict=True)))
            self._done += len(found)

    async def _show(self, over: asyncio.Event) -> None:
        while not over.is_set():
            await self._redis.set(f"limit:{self._campaign}", self._done)
            await asyncio.sleep(PROGRESS_SECONDS)


async def main(options: argparse.Namespace) -> None:
    """Run once; imports and connections are not counted."""
    redis = Redis.from_url(options.redis)
    async with asyncpg.create_pool(options.database, min_size=4, max_size=4) as pool:
        cpu, began = time.process_time(), time.perf_counter()
        await Limit(pool, redis, options.url, options.campaign).run()
        spent = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu}
    await redis.aclose()
    print(json.dumps(spent))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("database", "redis", "url"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--campaign", type=int, required=True)
    uvloop.run(main(parser.parse_args()))
