"""A state that is older than its talk: what was said since goes into the window, and strategy notes it with the next message."""

from collections.abc import Sequence
from typing import Any

from agents.discovery import memory
from agents.discovery.state import DiscoveryState, Message
from agents.discovery.strategy import UNREAD
from tools.discovery.intents import is_order
from tools.discovery.language import next_language

Json = dict[str, Any]


def caught_up(state: Json, said: Sequence[Json]) -> Json:
    """The state with the messages that came after it, oldest first, as `tools/turns/stored_talk.py` gives them."""
    if not said:
        return state
    whole: DiscoveryState = state  # type: ignore[assignment]  # read by its version
    talk, known = memory.begin_talk(whole)
    number, language, numbers, added = talk["number"], talk["language"], list(known["unread"]), []
    for each in said:
        mine = each["role"] == "user"
        if mine:
            number += 1
            numbers.append(number)
            language = next_language(each["content"], language)
        added.append(_message(each, number))
    return {
        **state,
        "messages": [*state.get("messages", []), *added],
        "talk": {**talk, "number": number, "language": language},
        "known": {**known, "unread": numbers[-UNREAD:]},
    }


def _message(said: Json, number: int) -> Message:
    order = said["role"] == "user" and is_order(said["content"])
    return Message(
        role=said["role"], content=said["content"], number=number, turn_id=said["turn_id"], order=order
    )
