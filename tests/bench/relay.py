"""The limit of streaming: a process that passes the provider's bytes on and does nothing else."""

import argparse
from collections.abc import AsyncIterator

import aiohttp
import uvloop
from aiohttp import web

CLIENT = web.AppKey("client", aiohttp.ClientSession)
UPSTREAM = web.AppKey("upstream", str)


async def relay(request: web.Request) -> web.StreamResponse:
    """Pass the body to the provider and its bytes back, as they come."""
    body = await request.read()
    headers = {"Authorization": "Bearer sk-sandbox", "Content-Type": "application/json"}
    async with request.app[CLIENT].post(request.app[UPSTREAM], data=body, headers=headers) as upstream:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        async for chunk in upstream.content.iter_any():
            await response.write(chunk)
        await response.write_eof()
        return response


async def ready(_request: web.Request) -> web.Response:
    """Say that the relay is up."""
    return web.json_response({"status": "ok"})


async def client_session(app: web.Application) -> AsyncIterator[None]:
    """One session for the process."""
    app[CLIENT] = aiohttp.ClientSession()
    yield
    await app[CLIENT].close()


def main() -> None:
    """Serve on 127.0.0.1."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--upstream", required=True)
    options = parser.parse_args()
    app = web.Application()
    app[UPSTREAM] = options.upstream
    app.cleanup_ctx.append(client_session)
    app.router.add_post("/relay", relay)
    app.router.add_get("/ready", ready)
    uvloop.install()
    web.run_app(app, host="127.0.0.1", port=options.port, print=None, access_log=None)


if __name__ == "__main__":
    main()
