"""A prompt renders as Jinja renders it with its partials beside it, though they became a part of it when it loaded."""

from typing import Any

import pytest
from jinja2 import FunctionLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from prompts import load, render
from prompts.loader import FOLDER
from prompts.packing import unpack
from prompts.prompt import PromptInvalid
from prompts.untrusted import quoted, tag, trusted, untrusted
from tests.unit.prompts.conftest import WritePrompt
from tests.unit.prompts.test_product_prompts import CASES, inputs_of


def as_written(name: str) -> str:
    source = (FOLDER / name).read_text(encoding="utf-8")
    return source if name.startswith("_shared/") else source.split("---\n", 2)[2]


PLAIN = SandboxedEnvironment(
    loader=FunctionLoader(as_written),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
PLAIN.filters.update(untrusted=untrusted, quoted=quoted, tag=tag, trusted=trusted)


@pytest.mark.parametrize(("prompt_id", "variant"), CASES)
def test_each_prompt_reads_as_with_its_partials_beside_it(prompt_id: str, variant: str | None) -> None:
    inputs = inputs_of(prompt_id, variant)

    assert unpack(render(prompt_id, **inputs).pieces) == PLAIN.get_template(f"{prompt_id}.md").render(inputs)


def test_nothing_is_looked_up_while_a_prompt_of_a_talk_is_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = inputs_of("discovery/strategy", None)
    environment = load("discovery/strategy").template.environment
    monkeypatch.setattr(environment, "get_template", None)

    assert render("discovery/strategy", **inputs).text


def test_a_partial_in_a_loop_sees_what_the_loop_names(write_prompt: WritePrompt) -> None:
    library = write_prompt(
        '{% for name in names %}\n  {% include "_shared/line.md" %}\n{% endfor %}\n{% include "_shared/line.md" %}',
        inputs="name, names",
        partials={"line.md": "{% if name %}\n- {{ name | quoted }}\n{% endif %}\n"},
    )

    assert (
        library.render("a/b", names=["Ada", "", "Grace"], name="Mary").text
        == "- “Ada”\n- “Grace”\n- “Mary”\n"
    )


@pytest.mark.parametrize(
    "naming",
    ['{% set word = "theirs" %}', "{% macro word() %}theirs{% endmacro %}", "{% set word %}x{% endset %}"],
)
def test_a_partial_keeps_to_itself_what_it_names(write_prompt: WritePrompt, naming: str) -> None:
    library = write_prompt(
        '{% include "_shared/names.md" %}{{ word | quoted }}', inputs="word", partials={"names.md": naming}
    )

    assert library.render("a/b", word="mine").text == "“mine”\n"


def test_a_partial_may_hold_itself(write_prompt: WritePrompt) -> None:
    library = write_prompt(
        '{% include "_shared/again.md" %}',
        inputs="more",
        partials={"again.md": 'Once.{% if more %}{% include "_shared/again.md" %}{% endif %}'},
    )

    assert library.render("a/b", more=False).text == "Once.\n"


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("{{ thing.name | quoted }}", "“Ada”"),
        ("{% for name, value in thing.items() %}{{ name | quoted }}{% endfor %}", "“name”“items”“__class__”"),
    ],
)
def test_an_attribute_goes_before_an_item(write_prompt: WritePrompt, body: str, shown: str) -> None:
    thing: dict[str, Any] = {"name": "Ada", "items": "no method", "__class__": "no class"}

    assert write_prompt(body, inputs="thing").render("a/b", thing=thing).text == f"{shown}\n"


@pytest.mark.parametrize("expression", ["thing.nothing", "thing.__class__", "thing.name.__class__"])
def test_what_is_not_there_or_reaches_python_does_not_render(
    write_prompt: WritePrompt, expression: str
) -> None:
    library = write_prompt(f"{{{{ {expression} | quoted }}}}", inputs="thing")

    with pytest.raises(PromptInvalid, match="does not render"):
        library.render("a/b", thing={"name": "Ada", "__class__": "Ada"})
