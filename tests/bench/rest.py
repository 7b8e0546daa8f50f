"""REST over 100,000 leads: CPU of lists, single leads and writes beside the limit, evenness under load, the last page."""

from functools import partial
from statistics import mean, median

import aiohttp
import jwt
import orjson

from tests.bench import rest_data, rest_limit
from tests.bench.requests import Call, Calls, Load, Server, Spent
from tests.bench.stage import SECRET, Stage, start
from tests.dev import processes

ROUNDS = 4
AT_ONCE = 8
MANY = 64
DEEP = 50_000
"""Of the goals, the CPU is that of the server's process, as in the table they come from; Postgres is shown beside it."""
TIMES = {"list of 50": 2.0, "one lead": 2.5, "PUT": 2.5, "batch of 1,000": 2.5}
REQUESTS = {"list of 50": 250, "one lead": 500, "PUT": 400, "batch of 1,000": 2}
EVEN = 4.0
AS_FAST = 1.5
TITLES = [orjson.dumps({"jobTitle": f"Head of {number}"}) for number in range(100)]


class Scene:
    """Which requests are made."""

    def __init__(self, workspace_id: int, campaigns: list[int], first: int) -> None:
        self._campaigns, self._first = campaigns, first
        self.page = f"/workspaces/{workspace_id}/leads?limit=50"

    def calls(self, name: str, number: int) -> Call:
        """The `number`th request of a kind."""
        match name:
            case "list of 50":
                return Call(self.page)
            case "one lead":
                return Call(self._lead(number))
            case "PUT":
                return Call(self._lead(number), "PUT", TITLES[number % len(TITLES)])
            case _:
                path = f"/campaigns/{self._campaigns[number % len(self._campaigns)]}/leads/batch"
                return Call(path, "POST", batch(number))

    def of(self, name: str) -> Calls:
        """The requests of a kind."""
        return partial(self.calls, name)

    def _lead(self, number: int) -> str:
        return f"/leads/{self._first + number * 7919 % rest_data.LEADS}"


def batch(number: int) -> bytes:
    """A thousand leads that no other batch holds."""
    about = "They move pallets through four warehouses. " * 21
    leads = [
        {
            "fullName": f"Person {number} {place}",
            "jobTitle": "Head of maintenance",
            "company": f"New company {number} {place}",
            "email": f"person{number}.{place}@new.example",
            "enrichmentData": {"about": about, "size": place},
        }
        for place in range(1_000)
    ]
    return orjson.dumps({"leads": leads})


async def run(stage: Stage) -> None:
    """Fill, measure in turns, print."""
    database = stage.settings["DATABASE_URL"]
    campaigns, first = rest_data.fill(database, stage.workspace_id)
    scene = Scene(stage.workspace_id, campaigns, first)
    children: list[processes.Child] = []
    try:
        url = start(
            "limit",
            ["-m", "tests.bench.rest_limit", "--database", database, "--secret", SECRET],
            {},
            "ready",
            children,
            stage.folder,
        )
        headers = {"Authorization": f"Bearer {_hs256(stage.token)}", "Content-Type": "application/json"}
        limit = Server("limit", children[0].process.pid, url, rest_limit.APPLICATION, headers)
        quiver = Server("quiver", stage.api.process.pid, stage.api_url, "quiver", headers)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as client:
            load = Load(database, client)
            for name in TIMES:
                await _costs(load, scene, name, limit, quiver)
            await _evenness(load, scene, [limit, quiver])
            await _depth(load, client, scene, quiver)
    finally:
        processes.stop(children)


async def _costs(load: Load, scene: Scene, name: str, limit: Server, quiver: Server) -> None:
    """What a request of one kind costs both."""
    at_once = 1 if name.startswith("batch") else AT_ONCE
    spent: dict[str, list[Spent]] = {"limit": [], "quiver": []}
    for number in range(ROUNDS + 1):
        for server in (limit, quiver):
            one = await load.send(server, scene.of(name), REQUESTS[name], at_once)
            if number:  # the first warms up
                spent[server.name].append(one)
    print(f"{name}, CPU of a request, {at_once} at once")
    for server in (limit, quiver):
        process, together = _mean(spent[server.name])
        rate = at_once / mean(mean(one.latencies) for one in spent[server.name]) * 1e3
        print(
            f"  {server.name:8} process {process:7.2f} ms   with Postgres {together:7.2f} ms   {rate:6.0f} a second"
        )
    process, together = (
        ours / theirs for ours, theirs in zip(_mean(spent["quiver"]), _mean(spent["limit"]), strict=True)
    )
    print(
        f"  ratio to the limit {process:.2f} (the process; with Postgres {together:.2f}), goal <= {TIMES[name]}"
    )


def _mean(spent: list[Spent]) -> tuple[float, float]:
    return mean(one.process_ms for one in spent), mean(one.together_ms for one in spent)


async def _evenness(load: Load, scene: Scene, servers: list[Server]) -> None:
    """How far the slowest are behind the median when many ask at once."""
    for name in ("list of 50", "one lead"):
        print(f"{name}, latency, {MANY} at once")
        for server in servers:
            spent = await load.send(server, scene.of(name), 2_000, MANY)
            p50, p99 = spent.quantile(0.5), spent.quantile(0.99)
            print(
                f"  {server.name:8} p50 {p50:6.1f} ms   p99 {p99:6.1f} ms   ratio {p99 / p50:.2f}, goal <= {EVEN:.0f}"
            )


async def _depth(load: Load, client: aiohttp.ClientSession, scene: Scene, quiver: Server) -> None:
    """The page at row 50,000 beside the first."""
    path = scene.page
    page = scene.page.replace("limit=50", "limit=1000")
    for _ in range(DEEP // 1_000):
        async with client.get(quiver.url + page, headers=quiver.headers) as answer:
            cursor = (await answer.json())["page"]["nextCursor"]
        page = f"{scene.page.replace('limit=50', 'limit=1000')}&cursor={cursor}"
        path = f"{scene.page}&cursor={cursor}"
    first: list[float] = []
    deep: list[float] = []
    for _ in range(ROUNDS):
        first += (await load.send(quiver, lambda _: Call(scene.page), 100, 1)).latencies
        deep += (await load.send(quiver, lambda _: Call(path), 100, 1)).latencies
    print(f"page 1 and the page after row {DEEP:,}, latency, one at a time")
    print(f"  page 1 {median(first):.2f} ms   row {DEEP:,} {median(deep):.2f} ms")
    print(f"  ratio {median(deep) / median(first):.2f}, goal <= {AS_FAST}")


def _hs256(token: str) -> str:
    """The same person's token as older projects sign it."""
    claims = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode(claims, SECRET, algorithm="HS256")
