"""The first events of an attempt at a turn, written before anybody is told that it runs."""

from agents.events import TurnEvent, TurnStarted
from agents.turns.run import TurnRun
from persistence.turn_log import TurnLogUnavailable
from tools.errors import ProviderUnavailable


async def begin_log(run: TurnRun, *inherited: TurnEvent) -> None:
    """Write the attempt's first events: the last thing that may refuse it. Raises ProviderUnavailable while Redis is away."""
    opened = run.opened
    start = TurnStarted(opened.session_id, str(opened.turn_id), opened.message_id, opened.attempt)
    try:
        await run.writer.begin(start, *inherited)
    except TurnLogUnavailable as error:
        raise no_log() from error


def no_log() -> ProviderUnavailable:
    """What says that nobody could follow a turn now."""
    return ProviderUnavailable(
        "Answers can't be streamed right now.", provider="redis", retry_after=2, code="stream_unavailable"
    )
