"""Check: code keeps what the posts' words carry. No model has a say here."""

from typing import Any

from langgraph.runtime import Runtime

from agents.activity.state import ActivityState
from agents.context import GraphContext
from tools.activity.posts import sources_of
from tools.activity.service import Findings, Remark
from tools.experiments.evidence import Source
from tools.statements.checking import Statement
from tools.statements.checking import check as check_statement

MOST = 8
"""Remarks and topics looked at."""


async def check(state: ActivityState, runtime: Runtime[GraphContext]) -> dict[str, Any]:
    """Sort the answer into what is kept and what is left out."""
    sources, names, drafted = sources_of(state["posts"]), state["sender"]["names"], state["drafted"]
    left_out: list[dict[str, str]] = []
    remarks = _kept(drafted["remarks"], "text", sources, left_out)
    topics = _kept(drafted["topics"], "topic", sources, left_out)
    angles = [drafted["angle"]] if drafted["angle"] else []
    kept = _kept(angles, "text", sources, left_out, names=" ".join(names), advice=True)
    findings: Findings = {"remarks": remarks, "topics": topics, "angle": kept[0] if kept else None}
    return {"findings": findings, "left_out": left_out}


def _kept(
    items: list[dict[str, str]],
    field: str,
    sources: list[Source],
    left_out: list[dict[str, str]],
    *,
    names: str = "",
    advice: bool = False,
) -> list[Remark]:
    kept: dict[str, Remark] = {}
    for item in items[:MOST]:
        found = check_statement(
            item[field], item["quote"], item["source_id"], sources, names=names, advice=advice
        )
        if isinstance(found, Statement):
            kept.setdefault(found.text, {"text": found.text, "quote": found.quote, "source": found.source})
        else:
            left_out.append({"text": item[field], "why": found})
    return list(kept.values())
