"""Running many cases: so many at once, each kept as soon as it is done, within one budget."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from evals.dataset.conversation import Conversation
from evals.replay import cache
from evals.replay.discovery import Ask, replay
from evals.replay.oneshot import replay_filters, replay_outreach
from evals.replay.probing import PREFIX, probe
from evals.replay.stage import Stage
from evals.replay.together import together
from evals.runs.file import RunWriter
from evals.runs.output import Mode, Output
from evals.runs.scoring import item_of
from evals.scorers.registry import score
from evals.scorers.score import Case

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """How all cases are run."""

    mode: Mode
    repeat: int = 1
    at_once: int = 4
    turn: int | None = None


async def run_cases(
    stage: Stage, cases: Iterable[Conversation], writer: RunWriter, plan: Plan, tell: Tell
) -> None:
    """Run what the run file does not have yet. Raises RunStopped after keeping what is done."""
    waiting = (
        (case, sample)
        for case in cases
        for sample in range(plan.repeat)
        if (case.id, sample) not in writer.done
    )

    async def work() -> None:
        # All workers draw from one generator: no more cases are in memory than are worked on.
        for case, sample in waiting:
            output = await produced(stage, case, Ask(plan.mode, sample, plan.turn))
            writer.add(item_of(case, output, sample), score(Case(case, output)))
            fits = (
                f", its lines fit for {output.valid_prefix} of {len(case.turns)} turns"
                if output.valid_prefix is not None
                else ""
            )
            tell(f"{case.id}{f' #{sample}' if plan.repeat > 1 else ''}: {output.error or 'done'}{fits}")

    await together(work() for _ in range(plan.at_once))


async def produced(stage: Stage, case: Conversation, ask: Ask) -> Output:
    """What comes out for one case. Its requests are counted apart from those of others."""
    cache.sample.set(ask.sample)
    cache.asked.set(Counter())
    if case.id.startswith(PREFIX):
        return await probe(stage, case)
    if case.suite == "filters":
        return await replay_filters(stage, case, ask)
    if case.suite == "outreach":
        return await replay_outreach(stage, case, ask)
    return await replay(stage, case, ask)
