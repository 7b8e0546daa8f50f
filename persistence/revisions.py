"""The revisions of the schema that this code knows. Light: whoever asks for them need not load what checkpoints need."""

from functools import lru_cache
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


@lru_cache(maxsize=1)
def head() -> str:
    """The newest revision this code knows."""
    return _scripts().get_heads()[0]


@lru_cache(maxsize=1)
def known() -> frozenset[str]:
    """Every revision this code knows."""
    return frozenset(script.revision for script in _scripts().walk_revisions())


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(Config(toml_file=PYPROJECT))
