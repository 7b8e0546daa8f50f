"""The product one version on: the same tree with one more migration, as processes of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from persistence.schema import head
from tests.dev.processes import ROOT
from tests.embedded import free_port

FOLDERS = ("agents", "api", "migrations", "persistence", "prompts", "tools")
MIGRATION = '''"""What the next version needs."""

from alembic import op

revision = "0f0f0f0f0f0f"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column with a default, and an index, on the busiest table."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute('ALTER TABLE "Leads" ADD COLUMN "NextVersion" int NOT NULL DEFAULT 0')
    with op.get_context().autocommit_block():
        op.execute('CREATE INDEX CONCURRENTLY "IX_Leads_NextVersion" ON "Leads" ("NextVersion")')


def downgrade() -> None:
    """Drop both."""
    op.execute('ALTER TABLE "Leads" DROP COLUMN "NextVersion"')
'''


@dataclass(frozen=True)
class NewerVersion:
    """The tree, and the environment its processes get."""

    folder: Path
    environment: Mapping[str, str]

    def start(self, *command: str) -> "NewerProcess":
        """`./quiver <command>` of it."""
        port = free_port()
        arguments = [*command, "--port", str(port)] if command[0] == "serve" else list(command)
        log = self.folder / f"{command[0]}-{port}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                self._command(arguments),
                env=self._environment(),
                cwd=self.folder,
                stdout=output,
                stderr=output,
            )
        return NewerProcess(port, process, log)

    def run(self, *command: str) -> None:
        """The same to its end. Raises CalledProcessError."""
        subprocess.run(
            self._command(command), env=self._environment(), cwd=self.folder, check=True, timeout=120
        )

    def _command(self, arguments: Sequence[str]) -> list[str]:
        return [sys.executable, "-m", "api.cli", *arguments]

    def _environment(self) -> dict[str, str]:
        return {**os.environ, **self.environment, "PYTHONPATH": str(self.folder)}


@dataclass(frozen=True)
class NewerProcess:
    """One process of the newer version."""

    port: int
    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def end(self) -> None:
        """End it, kindly, then not."""
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)


def newer_version(folder: Path, environment: Mapping[str, str]) -> NewerVersion:
    """Make the tree in `folder`."""
    for name in FOLDERS:
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("node_modules", "__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "migrations" / "versions" / "2099-01-01-0000_newer.py").write_text(
        MIGRATION.format(head=head())
    )
    return NewerVersion(folder, environment)
