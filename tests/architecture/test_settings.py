"""Every setting is documented where an operator looks, and what is documented exists."""

import re
from pathlib import Path

from pydantic import BaseModel

from api.settings import Settings

SAMPLE = Path(__file__).resolve().parents[2] / ".env.sample"
ASSIGNMENT = re.compile(r"^#? ?([A-Z][A-Z0-9_]+)=")


def sections() -> list[type[BaseModel]]:
    found = [field.annotation for field in Settings.model_fields.values()]
    return [section for section in found if isinstance(section, type) and issubclass(section, BaseModel)]


def variables() -> set[str]:
    return {field.alias for section in sections() for field in section.model_fields.values() if field.alias}


def documented() -> list[str]:
    return [match[1] for line in SAMPLE.read_text().splitlines() if (match := ASSIGNMENT.match(line))]


def test_the_sample_lists_exactly_the_settings_that_exist() -> None:
    assert set(documented()) == variables()


def test_no_setting_is_listed_twice() -> None:
    assert len(documented()) == len(set(documented()))


def test_every_setting_has_a_name_and_says_what_it_is() -> None:
    for section in sections():
        for name, field in section.model_fields.items():
            assert field.alias, f"{section.__name__}.{name} has no variable"
            assert field.description, f"{field.alias} has no description"


def test_every_variable_is_explained_in_the_line_above_it() -> None:
    lines = SAMPLE.read_text().splitlines()
    for number, line in enumerate(lines):
        if ASSIGNMENT.match(line):
            assert lines[number - 1].startswith("# "), line
