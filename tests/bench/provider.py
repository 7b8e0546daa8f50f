"""A provider that streams cheaply, over OpenAI's wire: it shares the cores with what is measured, and many streams would
otherwise measure it. Each piece of text is the time it was due. What is not a stream goes to the sandbox.

`POST /pace {tokens, gap, before}` sets how long the streams after it are, and the seconds between and before their pieces.
"""

import argparse
import asyncio
import contextlib
import json
import time
from dataclasses import dataclass

import aiohttp
import uvloop
from aiohttp import web

TICKS = 10_000
"""Ticks of a second, in which the pieces tell the time: seven characters a piece, as words have."""
ROUND = 1_000_000
"""Ticks until the clock in the pieces begins again."""

HEAD = b'data: {"id":"chatcmpl-bench0123456789abcdef","object":"chat.completion.chunk","created":1795564800,"model":"bench",'
HEAD += b'"service_tier":"default","system_fingerprint":"fp_bench","choices":[{"index":0,"delta":'
ROLE = HEAD + b'{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}]}\n\n'
PIECE = HEAD + b'{"content":"%06d "},"logprobs":null,"finish_reason":null}]}\n\n'
LAST = HEAD + b'{},"logprobs":null,"finish_reason":"stop"}]}\n\n'
USAGE = (
    HEAD.split(b'"choices"', maxsplit=1)[0]
    + b'"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":%d,"total_tokens":%d}}\n\n'
)


@dataclass
class Pace:
    """How streams run: their pieces, and seconds between and before them."""

    tokens: int = 100
    gap: float = 0.02
    before: float = 0.0


PACE = web.AppKey("pace", Pace)
CLIENT = web.AppKey("client", aiohttp.ClientSession)
SANDBOX = web.AppKey("sandbox", str)


def ticks() -> int:
    """The time of this machine, as the pieces tell it: all processes see the same clock."""
    return int(time.monotonic() * TICKS) % ROUND


def milliseconds_since(tick: int) -> float:
    """How long ago a piece was due."""
    return (ticks() - tick) % ROUND * 1000 / TICKS


async def complete(request: web.Request) -> web.StreamResponse:
    """A stream of ours, or what the sandbox answers."""
    body = await request.read()
    if json.loads(body).get("stream"):
        return await stream(request)
    headers = {name: request.headers[name] for name in ("Authorization", "Content-Type")}
    url = f"{request.app[SANDBOX]}/openai{request.path}"
    async with request.app[CLIENT].post(url, data=body, headers=headers) as answer:
        return web.Response(status=answer.status, body=await answer.read(), content_type="application/json")


async def stream(request: web.Request) -> web.StreamResponse:
    """The pieces, each when it is due. A client that leaves ends its stream."""
    pace = Pace(**vars(request.app[PACE]))
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    loop = asyncio.get_running_loop()
    with contextlib.suppress(ConnectionError):
        await response.write(ROLE)
        begin = loop.time() + pace.before
        for number in range(pace.tokens):
            wait = begin + number * pace.gap - loop.time()
            if wait > 0:
                await asyncio.sleep(wait)
            await response.write(PIECE % ticks())
        await response.write(LAST + USAGE % (pace.tokens, pace.tokens + 100) + b"data: [DONE]\n\n")
        await response.write_eof()
    return response


async def set_pace(request: web.Request) -> web.Response:
    """How the streams after this are."""
    for name, value in (await request.json()).items():
        setattr(request.app[PACE], name, value)
    return web.json_response(vars(request.app[PACE]))


async def models(request: web.Request) -> web.Response:
    """The sandbox's models."""
    async with request.app[CLIENT].get(
        f"{request.app[SANDBOX]}/openai{request.path}", headers=request.headers
    ) as found:
        return web.json_response(await found.json())


async def ready(_request: web.Request) -> web.Response:
    """Say that it is up."""
    return web.json_response({"status": "ok"})


async def application(sandbox: str) -> web.Application:
    """The stand-in, in front of the sandbox at this URL."""
    app = web.Application(client_max_size=2**24)
    app[SANDBOX], app[PACE], app[CLIENT] = sandbox, Pace(), aiohttp.ClientSession()
    app.router.add_post("/v1/chat/completions", complete)
    app.router.add_get("/v1/models", models)
    app.router.add_post("/pace", set_pace)
    app.router.add_get("/ready", ready)
    return app


def main() -> None:
    """Serve on 127.0.0.1."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--sandbox", required=True)
    options = parser.parse_args()
    uvloop.install()
    web.run_app(
        application(options.sandbox), host="127.0.0.1", port=options.port, print=None, access_log=None
    )


if __name__ == "__main__":
    main()
