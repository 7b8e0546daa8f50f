"""Two million leads of twenty tenants, twenty thousand of them awkward: all are here or set aside, in bounded memory."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.database import create_database
from tests.integration.migrate.conftest import ask
from tests.integration.migrate.old_data import LEADS as AWKWARD
from tests.integration.migrate.old_data import fill_awkward, fill_plain, named
from tests.integration.migrate.scattered import refused, scatter

MANY = int(os.environ.get("MANY", "2000000"))
ODD = MANY // 100
TENANTS = 20
ROOM = 1.25
"""A move of ten times as many leads may hold so many times the memory."""
SOURCES = {
    "workspaces": "workspaces",
    "experiments": "experiments",
    "campaigns": "campaigns",
    "leads": "leads",
    "messages": "generated_messages",
    "feedback": "discovery_feedback",
}


def filled(server: str, leads: int) -> str:
    """A source of so many plain leads, a hundredth as many awkward ones, and the awkward tenant."""
    url = create_database(server)
    fill_plain(url, tenants=TENANTS, leads=leads)
    fill_awkward(url)
    scatter(url, tenants=TENANTS, leads=leads, odd=leads // 100)
    return url


def command(*arguments: str, report: Path) -> tuple[int, dict[str, Any], float]:
    """`./quiver migrate …` in a process of its own: the most memory it held in MB, its report, its seconds."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "migrations.supabase", *arguments, "--json", str(report)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, report.read_text()[:5_000] if report.exists() else status
    return usage.ru_maxrss // 1024, json.loads(report.read_text()), time.monotonic() - began


@pytest.mark.full
@pytest.mark.timeout(2400)
def test_two_million_leads_are_all_here_or_set_aside(
    postgres_url: str, new_target: Callable[[], str], tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    fewer, _, _ = command("run", filled(postgres_url, MANY // 10), "--target", new_target(), report=report)
    source, target = filled(postgres_url, MANY), new_target()
    most, moved, took = command("run", source, "--target", target, report=report)
    print(f"{MANY + ODD:,} leads moved in {took:.0f} s; at most {most} MB, {fewer} MB with a tenth of them")
    assert most <= fewer * ROOM
    assert moved["unaccounted"] == {}
    for entity, table in SOURCES.items():
        # Counted here, not by the move: what is at the source is here or among what was set aside, each row once.
        ((at_source,),) = ask(source, f"SELECT count(*) FROM {table}")
        ((here,),) = ask(target, f"SELECT count(DISTINCT target_id) FROM supabase_move.id_map_{entity}")
        ((aside,),) = ask(
            target,
            "SELECT count(DISTINCT source_id) FROM supabase_move.remarks WHERE kind = 'set_aside' AND entity = %s",
            entity,
        )
        assert at_source == here + aside, (entity, at_source, here, aside)
    ((kept_out,),) = ask(
        target,
        "SELECT count(*) FROM supabase_move.remarks WHERE kind = 'set_aside' AND entity = 'leads'"
        " AND source_id NOT IN (SELECT jsonb_array_elements_text(%s::jsonb))",
        json.dumps(awkward_ids()),
    )
    assert kept_out == refused(ODD)
    checker, verdict, took = command("verify", "--target", target, report=report)
    print(f"verified in {took:.0f} s; at most {checker} MB")
    assert verdict["well"]
    assert verdict["rows"]["Leads"] == MANY + ODD - refused(ODD) + came_of_awkward(target)
    assert checker <= fewer * ROOM


def awkward_ids() -> list[str]:
    """The ids of the leads of the awkward tenant."""
    return [str(named(lead[0])) for lead in AWKWARD]


def came_of_awkward(target: str) -> int:
    """How many of them came."""
    ((count,),) = ask(
        target,
        "SELECT count(*) FROM supabase_move.id_map_leads WHERE source_id::text IN (SELECT jsonb_array_elements_text(%s::jsonb))",
        json.dumps(awkward_ids()),
    )
    return int(count)
