"""A talk of 500 turns: its storage, and what its last turn costs beside its twentieth."""

from tests.bench import long_talk
from tests.bench.stage import Stage

TURNS = 500
BYTES_A_TURN = 10 * 1024
TIMES_EARLY = 1.2
TOKENS_TIMES_EARLY = 1.3


async def run(stage: Stage) -> None:
    """Measure and print."""
    talk = await long_talk.measure(
        stage.api,
        stage.api_url,
        {"Authorization": f"Bearer {stage.token}"},
        stage.workspace_id,
        stage.settings["DATABASE_URL"],
        turns=TURNS,
    )
    print(f"a talk of {talk.turns} turns of 1 KB")
    print(f"  stored {talk.bytes_a_turn / 1024:.1f} KiB a turn, goal <= {BYTES_A_TURN // 1024}")
    for name, early, late, ratio in (
        ("CPU", talk.early.cpu_ms, talk.late.cpu_ms, talk.cpu_ratio),
        ("latency", talk.early.whole_ms, talk.late.whole_ms, talk.latency_ratio),
    ):
        print(
            f"  {name:8} {early:6.1f} ms at turn {long_talk.EARLY}, {late:6.1f} at the end: {ratio:.2f}, goal <= {TIMES_EARLY}"
        )
    print(
        f"  prompt tokens {talk.token_ratio:.2f} times those at turn {long_talk.EARLY}, goal <= {TOKENS_TIMES_EARLY}"
    )
