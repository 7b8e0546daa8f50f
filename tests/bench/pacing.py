"""How the provider's streams run."""

import aiohttp

from tests.bench.stage import Stage


async def set_pace(stage: Stage, *, tokens: int, gap: float = 0.02, before: float = 0.0) -> None:
    """Pieces of every stream from now on, and seconds between and before them."""
    wanted = {"tokens": tokens, "gap": gap, "before": before}
    async with (
        aiohttp.ClientSession() as client,
        client.post(f"{stage.provider_url}/pace", json=wanted) as answer,
    ):
        answer.raise_for_status()
