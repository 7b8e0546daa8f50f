"""Inputs that open the optional parts of prompts: by prompt and by name, each laid over the prompt's sample."""

from typing import Any

from prompts.sample import sample_inputs

SAVED = sample_inputs("discovery/orchestrator")["experiments"]
PROPOSED = sample_inputs("discovery/orchestrator")["proposed"]
JUDGED = [{**SAVED[0], "results": {**SAVED[0]["results"], "needed": 0}}]
UNTOUCHED = [{**SAVED[0], "results": {**SAVED[0]["results"], "contacted": 0}}]
BROKEN = [{"rule": "bullseye_observed", "detail": "bullseye: angle is assumed"}]
OLDER = ["turn:1: We sell to traders."]
NOTHING_KNOWN: dict[str, Any] = {
    "company": {"name": "Closewise", "website": ""},
    "facts": [],
    "pages": [],
    "known": [],
    "beliefs": [],
    "customers": "nobody has said",
}
CONTRADICTION = {
    "earlier": "Only finance buys this",
    "quote": "The sales director signed",
    "question": "Who signed the last contract?",
}

STRANGER = {
    "evidence": [],
    "sender": {"name": "Ines", "role": "founder", "company": "Lagerblick", "facts": [], "customers": []},
    "channel": {"format": "linkedin_message", "max_characters": 900, "max_subject": None, "number": 1},
}
"""Nothing is known of the lead, nothing may be said about us, and the channel has no subject."""
WRITTEN_TO = {"thread": [{"direction": "sent", "date": "2026-11-10", "text": "Hi"}]}

VARIANTS: dict[str, dict[str, dict[str, Any]]] = {
    "discovery/execution": {
        "replaced": {"tool": "replace_experiments", "pre_evidence": True},
        "deleted": {"tool": "delete_experiments"},
        "declined": {"outcome": "declined", "reason": "too broad"},
        "failed": {"outcome": "failed", "reason": "This role may not save experiments."},
    },
    "discovery/followup": {
        "company": {"mode": "company", **NOTHING_KNOWN},
        "contradiction": {"contradiction": CONTRADICTION, "digest": OLDER},
        "offer": {"mode": "offer", "questions": ["Who signed the last contract?"]},
        "discuss": {"mode": "discuss", "experiments": SAVED, "proposed": PROPOSED},
        "judged": {"mode": "discuss", "experiments": JUDGED},
        "refused": {"mode": "refused", "broken": BROKEN},
    },
    "discovery/orchestrator": {"first": {"experiments": [], "proposed": [], "earlier": []}},
    "discovery/output": {
        "revision": {"revises": True, "experiments": SAVED, "style": ""},
        "repair": {"broken": BROKEN, "digest": OLDER},
        "pre-evidence": {**NOTHING_KNOWN, "pre_evidence": True, "experiments": UNTOUCHED},
    },
    "discovery/strategy": {
        "first turn": {"read_company": True, "earlier": [], "reply": "", "digest": OLDER},
        "nothing new": {**NOTHING_KNOWN, "unread": [], "read_company": False},
    },
    "discovery/style": {
        "again": {"guide": '{"tone": "dry"}'},
        "first": {"refused_words": "", "examples": []},
    },
    "filters/draft": {
        "first": {"refused": []},
        "no nearest": {"refused": [{"filter": "year_founded_end", "word": "soon", "nearest": []}]},
    },
    "outreach/draft": {
        "follow-up": {**WRITTEN_TO, "wishes": {"tone": "", "instructions": ""}},
        "nothing to go on": STRANGER,
    },
    "outreach/revise": {"follow-up": WRITTEN_TO, "nothing to go on": STRANGER},
}
"""By prompt and name. What is not named here is the sample's."""
