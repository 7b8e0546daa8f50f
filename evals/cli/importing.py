"""`./quiver evals import`."""

import asyncio
import os
from pathlib import Path
from uuid import UUID

import typer

from api.settings import read_section, settings_environment
from evals.dataset.conversation import Conversation, to_line
from evals.dataset.reading import DATA, conversations
from evals.importing.building import conversation_of
from evals.importing.reading import Recorded, disliked, reading, run_of, sampled, talk_of
from evals.importing.scrub import Residue, unknown_names
from evals.terminal.naming import stop
from persistence.session import Database
from persistence.settings import DatabaseSettings
from persistence.types import SessionID

app = typer.Typer(add_completion=False)
SECRET = "EVALS_SCRUB_SECRET"  # noqa: S105 — the name of a variable
FILE = DATA / "dev" / "imported.jsonl"


@app.command("import")
def import_runs(
    session: list[int] = typer.Option([], help="The number of a talk."),
    run: list[UUID] = typer.Option([], help="The id of a run: of a turn, of filters, of a message."),
    thumbs_down: int = typer.Option(0, help="The newest so many talks that somebody was not content with."),
    days: int = typer.Option(7, help="With --sample: of so many days."),
    sample: int = typer.Option(0, help="So many runs drawn at random."),
    also: list[str] = typer.Option([], help="A further name to take out."),
    out: Path = typer.Option(FILE, help="The file to add to."),
    yes: bool = typer.Option(False, "--yes", "-y", help="Don't ask before writing."),
) -> None:
    """Recorded runs as cases, with everything personal taken out. Exit with 1, and nothing is written, when something is left.

    Reads DATABASE_URL without writing; pseudonyms are made with EVALS_SCRUB_SECRET (16 characters or more).
    """
    secret = os.environ.get(SECRET, "")
    if len(secret) < 16:
        raise stop(
            ValueError(f"Set {SECRET} to 16 characters or more, and keep it outside of the repository.")
        )
    found = asyncio.run(_read([SessionID(each) for each in session], list(run), thumbs_down, days, sample))
    try:
        cases = [conversation_of(each, secret, also) for each in found]
    except Residue as left:
        typer.echo(f"Something personal is left, nothing is written: {left}", err=True)
        raise typer.Exit(1) from left
    except ValueError as error:
        raise stop(error) from error
    taken = {case.id for case in conversations(ids=[case.id for case in cases])}
    new = [case for case in cases if case.id not in taken]
    for case in new:
        typer.echo(_told(case))
    if new and (yes or typer.confirm(f"Add {len(new)} cases to {out.name}?")):
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("a", encoding="utf-8") as file:
            file.writelines(to_line(case) + "\n" for case in new)
    typer.echo(f"{len(new)} new, {len(cases) - len(new)} were there. Then: ./quiver evals lint")


async def _read(
    sessions: list[SessionID], runs: list[UUID], thumbs_down: int, days: int, sample: int
) -> list[Recorded]:
    database = Database(read_section(DatabaseSettings, settings_environment()))
    try:
        async with reading(database) as uow:
            sessions = [*sessions, *(await disliked(uow, thumbs_down) if thumbs_down else [])]
            runs = [*runs, *(await sampled(uow, days, sample) if sample else [])]
            found = [await talk_of(uow, each) for each in sessions] + [
                await run_of(uow, each) for each in runs
            ]
    finally:
        await database.close()
    return [each for each in found if each is not None]


def _told(case: Conversation) -> str:
    lines = [
        f"\n{case.id} · {case.suite} · {case.cluster} · {case.source.scrub and case.source.scrub.replaced} replaced"
    ]
    lines += [f"  [{turn.i}] {turn.role}: {turn.content[:160]}" for turn in case.turns[:6]]
    names = unknown_names([turn.content for turn in case.turns])
    if names:
        lines.append(
            f"  names that nobody knows, look at them (--also NAME takes one out): {', '.join(names)}"
        )
    return "\n".join(lines)
