"""`make bench`: starts the product and the limits, measures both in one run, prints figures, ratios and goals."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable

from tests.bench import aegra, console, first, long, memory, rest, streams, tokens
from tests.bench.bulk import measuring
from tests.bench.moving_in import supabase
from tests.bench.stage import Stage, stage
from tests.bench.sums import capacity

PARTS: dict[str, Callable[[Stage], Awaitable[None]]] = {
    "tokens": tokens.run,
    "first": first.run,
    "streams": streams.run,
    "memory": memory.run,
    "aegra": aegra.run,
    "long": long.run,
    "rest": rest.run,
    "capacity": capacity.run,
    "console": console.run,
    "bulk": measuring.run,
}

ALONE = {"moving": supabase.run}
"""Parts that need nothing of the product but Postgres, which they start themselves."""

TALKING = {"long", "capacity"}
"""Parts in which the sandbox speaks, whose answers are those of a talk."""


def main() -> int:
    """Run the parts that are asked for; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"of {', '.join([*PARTS, *ALONE])}; default: all"
    )
    known = [*PARTS, *ALONE]
    wanted = parser.parse_args().parts or known
    if unknown := set(wanted) - set(known):
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    for name in wanted:
        if name in ALONE:
            ALONE[name]()
            continue
        with stage(talking=name in TALKING) as running:
            asyncio.run(PARTS[name](running))
    return 0


if __name__ == "__main__":
    sys.exit(main())
