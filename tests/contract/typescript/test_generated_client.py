"""The client that `openapi-typescript` makes of the document compiles under `tsc --strict`, with what people write around it."""

import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
NODE = ROOT / "tests" / "contract" / "node"
DOCUMENT = ROOT / "api" / "client" / "openapi.json"
USE = Path(__file__).with_name("use.ts")
OPTIONS = {
    "strict": True,
    "noEmit": True,
    "target": "es2022",
    "module": "esnext",
    "moduleResolution": "bundler",
    "noUncheckedIndexedAccess": True,
    "exactOptionalPropertyTypes": True,
    "types": [],
    "lib": ["es2022", "dom"],
}


def _run(program: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(NODE / "node_modules" / ".bin" / program), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A TypeScript project with the generated types and nothing else."""
    made = _run(
        "openapi-typescript",
        str(DOCUMENT),
        "--default-non-nullable=false",
        "-o",
        str(tmp_path / "schema.ts"),
        folder=tmp_path,
    )
    assert made.returncode == 0, made.stderr
    (tmp_path / "tsconfig.json").write_text(json.dumps({"compilerOptions": OPTIONS, "include": ["*.ts"]}))
    (tmp_path / "node_modules").symlink_to(NODE / "node_modules")
    return tmp_path


def test_it_compiles_strictly(project: Path) -> None:
    (project / "use.ts").write_text(USE.read_text())
    compiled = _run("tsc", "--project", ".", folder=project)
    assert compiled.returncode == 0, compiled.stdout


def test_a_client_of_another_document_would_not(project: Path) -> None:
    (project / "use.ts").write_text(USE.read_text().replace('"scheduled"', '"posted"'))
    compiled = _run("tsc", "--project", ".", folder=project)
    assert "'\"posted\"' is not assignable" in compiled.stdout
