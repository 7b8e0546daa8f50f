"""What no run of the evals can pass, and why: it is told apart from what is only never hit."""

NO_SUITE = "no suite replays this graph"
GIVEN = "a case brings its packet along, and the run begins behind it"
MEANWHILE = "somebody else would have to act while the run goes on"
NEVER_EMPTY = "the product never gives it an empty list"
UNPLAYED = ("activity", "website", "worldview")
"""Graphs whose edges, and prompts whose branches, no case of the data set can reach."""
BEGINNINGS = {
    **{f"{graph}{mark}": NO_SUITE for graph in UNPLAYED for mark in (":", "/")},
    "outreach: __start__ → ": GIVEN,
    "outreach: packet → ": GIVEN,
    "outreach: revise → decline": MEANWHILE,
    # An approved action that fails: its founder may do all there is to do, and nobody took it away.
    'discovery/execution: else of if outcome == "done" and tool == "delete_experiments"': MEANWHILE,
    "discovery/execution: else of for name in names": NEVER_EMPTY,
    "discovery/followup: else of for item in broken": NEVER_EMPTY,
    "filters/draft: else of for fact in facts": NEVER_EMPTY,
    "outreach/revise: else of for objection in objections": NEVER_EMPTY,
    "_shared/known: else of for note in topic.notes": NEVER_EMPTY,
    # A lead has a name, and code declines where no more is known of it.
    "_shared/letter_packet: else of for item in evidence": NEVER_EMPTY,
}
"""How the names begin of what is out of reach: of edges (`website: fetch → extract`), prompts and branches (`website/cleanup`)."""


def why_out_of_reach(name: str) -> str:
    """Why nothing can hit it; empty when something can."""
    return next((why for beginning, why in BEGINNINGS.items() if name.startswith(beginning)), "")
