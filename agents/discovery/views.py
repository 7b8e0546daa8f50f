"""What prompts are shown of the state: each function gives inputs that several prompts share."""

from typing import Any

from agents.discovery.memory import user_turns
from agents.discovery.state import DiscoveryState, Message
from tools.discovery.language import language_name

Inputs = dict[str, Any]
EARLIER = 6
CUSTOMERS = {"has_customers": "yes", "no_customers": "none yet", "unknown": "nobody has said"}


def company_inputs(state: DiscoveryState) -> Inputs:
    """Company, onboarding and website."""
    brief = state["brief"]
    return {
        "company": {"name": brief["workspace"], "website": brief["website"]},
        "facts": brief["facts"],
        "pages": brief["pages"],
    }


def known_inputs(state: DiscoveryState) -> Inputs:
    """Hypotheses, beliefs, and what older messages said."""
    known = state["known"]
    return {
        "customers": CUSTOMERS[known["customers"]],
        "known": [{"name": topic, "notes": notes} for topic, notes in known["notes"].items() if notes],
        "beliefs": known["beliefs"],
        "digest": state["talk"]["digest"],
    }


def experiments_inputs(state: DiscoveryState) -> Inputs:
    """Saved experiments with their results."""
    return {"experiments": state["brief"]["experiments"]}


def proposed(state: DiscoveryState) -> list[dict[str, Any]]:
    """The newest set that was proposed and not saved, short."""
    proposal = state.get("proposal")
    if proposal is None or proposal["status"] not in ("proposed", "declined"):
        return []
    return [
        {"name": item["name"], "type": item["type"], "pattern": item["pattern"]}
        for item in state["experiments"]
    ]


def language(state: DiscoveryState) -> str:
    """The name of the talk's language, or words that leave it to the model."""
    return language_name(state["talk"]["language"] or state["brief"]["language"])


def talk_sources(state: DiscoveryState) -> list[dict[str, str]]:
    """The user's messages of the window as sources; orders to us are none."""
    said = [message for message in user_turns(state["messages"]) if not message["order"]]
    return [{"id": f"turn:{message['number']}", "text": message["content"]} for message in said]


def earlier(messages: list[Message]) -> list[dict[str, str]]:
    """Some messages as lines with a speaker, for prompts that only need the drift."""
    speakers = {"user": "Founder", "assistant": "Analyst"}
    return [
        {"speaker": speakers[message["role"]], "text": message["content"]} for message in messages[-EARLIER:]
    ]
