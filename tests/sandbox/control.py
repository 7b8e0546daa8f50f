"""The control API under /control: what was called, how to misbehave, keys and tokens (sites: tests.sandbox.sites)."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.sandbox.behaviour import MODES
from tests.sandbox.state import DEFAULT_MODELS, Sandbox, ok, problem
from tests.sandbox.supabase import tokens
from tests.sandbox.supabase.keys import ALGORITHMS


def routes(sandbox: Sandbox) -> list[Route]:
    """The routes of the control API."""
    control = Control(sandbox)
    return [
        Route("/control/health", control.health, methods=["GET"]),
        Route("/control/calls", control.calls, methods=["GET"]),
        Route("/control/open", control.open, methods=["GET"]),
        Route("/control/reset", control.reset, methods=["POST"]),
        Route("/control/behaviour", control.behaviours, methods=["GET"]),
        Route("/control/behaviour", control.add_behaviour, methods=["POST"]),
        Route("/control/behaviour", control.remove_behaviour, methods=["DELETE"]),
        Route("/control/models", control.models, methods=["POST"]),
        Route("/control/pace", control.pace, methods=["POST"]),
        Route("/control/keys", control.keys, methods=["GET", "POST"]),
        Route("/control/mint", control.mint, methods=["POST"]),
    ]


class Control:
    """The endpoints over one sandbox's state."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    async def health(self, _request: Request) -> Response:
        """GET /control/health: up, and where things are."""
        base = self.sandbox.options.base_url
        return ok(
            {
                "status": "ok",
                "openaiUrl": f"{base}/openai/v1",
                "geminiUrl": f"{base}/gemini",
                "supabaseUrl": f"{base}/supabase",
                "wizaUrl": f"{base}/wiza",
            }
        )

    async def calls(self, request: Request) -> Response:
        """GET /control/calls?provider=&kind=&since=&limit=&bodies=true: counts and the newest calls."""
        query = request.query_params
        found = self.sandbox.calls.find(
            provider=query.get("provider"),
            kind=query.get("kind"),
            since=int(query.get("since", 0)),
            limit=int(query.get("limit", 200)),
        )
        bodies = query.get("bodies") in {"true", "1"}
        shown = [call.as_json(body=bodies) for call in found]
        return ok({"count": len(shown), "counts": dict(self.sandbox.calls.counts), "calls": shown})

    async def reset(self, _request: Request) -> Response:
        """POST /control/reset: no calls, no behaviours, usual models and pace."""
        self.sandbox.reset()
        return ok({"reset": True})

    async def behaviours(self, _request: Request) -> Response:
        """GET /control/behaviour: the rules in force and the modes there are."""
        return ok({"rules": [rule.as_json() for rule in self.sandbox.behaviours.rules], "modes": MODES})

    async def add_behaviour(self, request: Request) -> Response:
        """POST /control/behaviour {provider, mode, probability, seed, count, skip, kind, model, …options}."""
        try:
            rule = self.sandbox.behaviours.add(await request.json())
        except (ValueError, TypeError) as error:
            return problem(400, str(error))
        return ok(rule.as_json())

    async def remove_behaviour(self, request: Request) -> Response:
        """DELETE /control/behaviour?id=&provider=: one rule, a provider's, or all."""
        wanted = request.query_params.get("id")
        self.sandbox.behaviours.remove(int(wanted) if wanted else None, request.query_params.get("provider"))
        return ok({"rules": [rule.as_json() for rule in self.sandbox.behaviours.rules]})

    async def models(self, request: Request) -> Response:
        """POST /control/models {provider, models: [...] | null}: exactly these exist (others are 404); null: any."""
        wanted = await request.json()
        provider = wanted.get("provider", "openai")
        if provider not in DEFAULT_MODELS:
            return problem(400, f"provider is one of {', '.join(DEFAULT_MODELS)}.")
        self.sandbox.models[provider] = wanted.get("models")
        return ok({"models": self.sandbox.model_list(provider)})

    async def open(self, _request: Request) -> Response:
        """GET /control/open: answers that are being written, or held back, now; by provider."""
        return ok({"open": {name: self.sandbox.calls.open[name] for name in DEFAULT_MODELS}})

    async def pace(self, request: Request) -> Response:
        """POST /control/pace {tokenDelay}: seconds between pieces of a stream."""
        self.sandbox.token_delay = float((await request.json())["tokenDelay"])
        return ok({"tokenDelay": self.sandbox.token_delay})

    async def keys(self, request: Request) -> Response:
        """POST /control/keys {algorithm, secret, rotate, keepOld, publish: {kid: bool}}; GET shows them."""
        keys = self.sandbox.keys
        wanted: dict[str, Any] = await request.json() if request.method == "POST" else {}
        algorithm = wanted.get("algorithm")
        if algorithm not in {None, *ALGORITHMS}:
            return problem(400, f"algorithm is one of {', '.join(ALGORITHMS)}.")
        if algorithm or wanted.get("secret"):
            keys.use(algorithm or keys.algorithm, wanted.get("secret"))
        if wanted.get("rotate"):
            keys.rotate(keep_old=wanted.get("keepOld", True))
        for kid, published in (wanted.get("publish") or {}).items():
            if key := keys.find(kid):
                key.published = bool(published)
        current = keys.current()
        shown = [
            {"kid": key.kid, "algorithm": key.algorithm, "published": key.published} for key in keys.keys
        ]
        return ok(
            {
                "algorithm": keys.algorithm,
                "kid": current.kid if current else None,
                "secret": keys.secret,
                "keys": shown,
            }
        )

    async def mint(self, request: Request) -> Response:
        """POST /control/mint: any token; see tests.sandbox.supabase.tokens.mint."""
        wanted = await request.json()
        return ok({"token": tokens.mint(self.sandbox, wanted)})
