"""What must be true of a turn, however its processes ended: one whole answer, the same on the screen, in a replay and in the record."""

from itertools import pairwise

from tests.durability.moments import WORDS
from tests.durability.shown import Shown, assert_whole
from tests.durability.talks import Json, Place, Reader
from tests.durability.truth import Truth


async def assert_nothing_lost(reader: Reader, truth: Truth, replica: Place) -> Json:
    """All of it, for a reader whose answer has ended; the turn's row."""
    shown, turn = reader.shown, await truth.turn_of(reader.message_id)
    assert shown.failure is None, shown
    assert turn is not None
    assert_whole(shown.words, WORDS)
    assert (await replayed(reader, replica)).words == shown.words
    _assert_recorded(turn, shown.words)
    await _assert_history(reader, replica, shown.words)
    await _assert_log(truth, turn, shown.words)
    usage = (await truth.everything(str(turn["AgentRunID"])))["usage"]
    assert len(usage) == turn["ModelCalls"], "a call is noted twice, or not at all"
    return turn


async def replayed(reader: Reader, replica: Place) -> Shown:
    """What somebody sees who asks for the whole answer again when all is over."""
    again = Reader(reader.talk, "again", "ai-6", message_id=reader.message_id)
    await again.ask(replica)
    assert again.shown.finished
    return again.shown


def _assert_recorded(turn: Json, words: list[str]) -> None:
    """The run's row: done, with these words and one start and end."""
    assert str(turn["Status"]) == "done", turn
    events = turn["Events"]
    said = " ".join(event["text"] for event in events if event["type"] == "text_delta").split()
    assert said == words
    kinds = [event["type"] for event in events]
    assert (kinds[0], kinds[-1]) == ("turn_started", "turn_finished")
    assert kinds.count("turn_started") == kinds.count("turn_finished") == 1


async def _assert_history(reader: Reader, replica: Place, words: list[str]) -> None:
    """One message of the user and one answer for each turn so far."""
    history = await reader.talk.history(replica)
    said = [(message["role"], message["id"]) for message in history]
    assert [role for role, _ in said] == ["user", "assistant"] * len(reader.talk.said), said
    assert [name for role, name in said if role == "user"] == reader.talk.said
    assert history[-1]["content"].split() == words


async def _assert_log(truth: Truth, turn: Json, words: list[str]) -> None:
    """The newest attempt in Redis is numbered without a gap; unless its writer died, it ends as the turn did."""
    entries = await truth.log(str(turn["AgentRunID"]))
    places = [tuple(map(int, entry.split(b"-"))) for entry, _ in entries]
    newest = [number for epoch, number in places if epoch == places[-1][0]]
    assert newest == list(range(1, len(newest) + 1))
    assert all(one < other for one, other in pairwise(places))
    told = sum(b'"turn_finished"' in fields[b"e"] for _, fields in entries)
    assert told <= 1
    assert entries[-1][1][b"e"].startswith(b'{"type":"turn_finished"') or not told, (
        "something came after the end"
    )
