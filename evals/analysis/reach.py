"""What no run of the evals can pass, and why: it is told apart from what is only never hit."""

NO_SUITE = "no suite replays this graph"
GIVEN = "a case brings its packet along, and the run begins behind it"
UNPLAYED = ("activity", "website", "worldview")
"""Graphs whose edges, and prompts whose branches, no case of the data set can reach."""
BEGINNINGS = {
    **{f"{graph}{mark}": NO_SUITE for graph in UNPLAYED for mark in (":", "/")},
    "outreach: __start__ → ": GIVEN,
    "outreach: packet → ": GIVEN,
}
"""How the names begin of what is out of reach: of edges (`website: fetch → extract`), prompts and branches (`website/cleanup`)."""


def why_out_of_reach(name: str) -> str:
    """Why nothing can hit it; empty when something can."""
    return next((why for beginning, why in BEGINNINGS.items() if name.startswith(beginning)), "")
