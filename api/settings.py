"""Every setting of the product, composed of the sections that stand beside their readers.

Each section names its environment variables as field aliases; `.env.sample` lists them all and a test compares the two.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from api.auth.settings import AuthSettings
from api.http_settings import ApiSettings
from api.pages.settings import ConsoleSettings
from api.tracing.settings import TracingSettings
from persistence.settings import DatabaseSettings, RedisSettings
from tools.jobs.settings import WorkerSettings
from tools.providers.models.settings import ModelSettings
from tools.providers.website.settings import WebsiteSettings
from tools.providers.wiza.settings import WizaSettings
from tools.retention.settings import RetentionSettings
from tools.runs.settings import RunSettings
from tools.suppressions.settings import SuppressionSettings
from tools.turns.settings import TurnSettings

Section = TypeVar("Section", bound=BaseModel)

ENV_FILE = Path(__file__).resolve().parents[1] / ".env"


class SettingsError(Exception):
    """The environment lacks something or holds a value that can't be used. The message names each variable."""


class Settings(BaseModel):
    """All sections. `load_settings` fills it from the environment."""

    api: ApiSettings
    auth: AuthSettings
    console: ConsoleSettings
    database: DatabaseSettings
    redis: RedisSettings
    models: ModelSettings
    website: WebsiteSettings
    wiza: WizaSettings
    worker: WorkerSettings
    turns: TurnSettings
    suppressions: SuppressionSettings
    retention: RetentionSettings
    runs: RunSettings
    tracing: TracingSettings


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read every section from the environment (and `.env`, which the environment overrides).

    Raises SettingsError naming every variable that is missing or wrong.
    """
    values = settings_environment() if environ is None else environ
    sections: dict[str, BaseModel] = {}
    problems: list[str] = []
    for name, field in Settings.model_fields.items():
        section = field.annotation
        assert isinstance(section, type)
        try:
            sections[name] = read_section(section, values)
        except ValidationError as error:
            problems += [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
    if problems:
        raise SettingsError("; ".join(problems))
    return Settings.model_validate(sections)


def settings_environment() -> Mapping[str, str]:
    """The variables settings are read from: `.env`, overridden by the process's environment."""
    return {**read_env_file(ENV_FILE), **os.environ}


def read_section(section: type[Section], values: Mapping[str, str]) -> Section:
    """One section from the variables its fields name. An empty variable counts as not set."""
    names = [field.alias for field in section.model_fields.values() if field.alias]
    return section.model_validate({name: values[name] for name in names if values.get(name, "") != ""})


def read_env_file(path: Path) -> dict[str, str]:
    """The `NAME=value` lines of a file; comments and blank lines are skipped. A missing file is an empty one."""
    if not path.exists():
        return {}
    pairs = (
        line.partition("=")
        for line in path.read_text().splitlines()
        if line.strip() and not line.startswith("#")
    )
    return {name.strip(): value.strip().strip("'\"") for name, _, value in pairs}
