"""The package's types: what a front end writes compiles under `tsc --strict`, and what the generator makes is what is stored."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.contract.package.conftest import CLIENT

USE = Path(__file__).with_name("use.ts")
GENERATED = CLIENT / "src" / "generated"
OPTIONS = {
    "strict": True,
    "noEmit": True,
    "target": "es2022",
    "module": "nodenext",
    "moduleResolution": "nodenext",
    "noUncheckedIndexedAccess": True,
    "exactOptionalPropertyTypes": True,
    "skipLibCheck": True,
    "types": [],
    "lib": ["es2023", "dom", "dom.iterable"],
}


def _tsc(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(CLIENT / "node_modules" / ".bin" / "tsc"), "--project", "."]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    """A TypeScript project with the package and what it asks for."""
    modules = tmp_path / "node_modules"
    (modules / "@quiver").mkdir(parents=True)
    (modules / "@quiver" / "client").symlink_to(CLIENT)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "tsconfig.json").write_text(json.dumps({"compilerOptions": OPTIONS, "include": ["*.ts"]}))
    return tmp_path


def test_a_front_end_compiles_strictly(typed: Path) -> None:
    (typed / "use.ts").write_text(USE.read_text())
    compiled = _tsc(typed)
    assert compiled.returncode == 0, compiled.stdout
    (typed / "use.ts").write_text(USE.read_text().replace('"found"', '"lost"'))
    assert "'\"lost\"' is not assignable" in _tsc(typed).stdout


def test_the_stored_client_is_what_the_generator_makes_of_the_document() -> None:
    before = {path.name: path.read_text() for path in GENERATED.iterdir()}
    made = subprocess.run(
        ["npm", "run", "--silent", "generate"], cwd=CLIENT, capture_output=True, check=False
    )
    assert made.returncode == 0, made.stderr
    assert {path.name: path.read_text() for path in GENERATED.iterdir()} == before
