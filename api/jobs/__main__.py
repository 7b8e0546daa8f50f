"""`python -m api.jobs worker [--beat] [--queues a,b] [--concurrency n]` and `python -m api.jobs beat`."""

import argparse
import sys
from collections.abc import Sequence

from api.jobs.commands import run_beat, run_worker
from tools.jobs.steps import QUEUES


def main(arguments: Sequence[str]) -> None:
    """Run what the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m api.jobs")
    commands = parser.add_subparsers(dest="command", required=True)
    worker = commands.add_parser("worker")
    worker.add_argument("--beat", action="store_true", help="run the schedule in this worker as well")
    worker.add_argument("--queues", default=",".join(QUEUES), help="the queues to serve, separated by commas")
    worker.add_argument("--concurrency", type=int, help="child processes")
    commands.add_parser("beat")
    chosen = parser.parse_args(arguments)
    if chosen.command == "beat":
        run_beat()
    else:
        run_worker(beat=chosen.beat, queues=chosen.queues.split(","), concurrency=chosen.concurrency)


if __name__ == "__main__":
    main(sys.argv[1:])
