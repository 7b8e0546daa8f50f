"""What a partial makes of inputs that prompts share is made once, and each prompt reads as if it had been made for it alone."""

from typing import Any

import pytest

from prompts import SharedInputs, render
from prompts.packing import unpack
from prompts.prompt import PromptInvalid
from tests.unit.prompts.conftest import WritePrompt
from tests.unit.prompts.test_product_prompts import CASES, inputs_of
from tests.unit.prompts.test_templates import PLAIN

COMPANY, EXPERIMENTS = ("company", "facts", "pages"), ("experiments",)
LINE = {"line.md": "- {{ name | quoted }}\n"}


def split(inputs: dict[str, Any], *groups: tuple[str, ...]) -> tuple[list[SharedInputs], dict[str, Any]]:
    """Groups of inputs, as far as there are any, and the others."""
    shared = [{name: inputs[name] for name in group if name in inputs} for group in groups]
    own = {name: value for name, value in inputs.items() if not any(name in group for group in shared)}
    return [SharedInputs(**group) for group in shared if group], own


@pytest.mark.parametrize("everything", [True, False])
@pytest.mark.parametrize(("prompt_id", "variant"), CASES)
def test_each_prompt_reads_as_with_its_partials_beside_it(
    prompt_id: str, variant: str | None, *, everything: bool
) -> None:
    inputs = inputs_of(prompt_id, variant)
    shared, own = split(inputs, *([tuple(inputs)] if everything else [COMPANY, EXPERIMENTS]))
    expected = PLAIN.get_template(f"{prompt_id}.md").render(inputs)

    for _ in range(2):
        assert unpack(render(prompt_id, *shared, **own).pieces) == expected
    assert render(prompt_id, *shared, **own).tag == render(prompt_id, **inputs).tag


def test_prompts_of_a_talk_hold_one_text_of_the_company() -> None:
    inputs = {prompt: inputs_of(prompt, None) for prompt in ("discovery/followup", "discovery/output")}
    company = {name: inputs["discovery/followup"][name] for name in COMPANY}
    shared = SharedInputs(**company)
    prompts = [
        render(prompt, shared, **{name: value for name, value in given.items() if name not in COMPANY})
        for prompt, given in inputs.items()
    ]

    block = PLAIN.get_template("_shared/sources.md").render(company)
    held = [[piece for piece in prompt.pieces if piece == block] for prompt in prompts]
    assert [len(pieces) for pieces in held] == [1, 1]
    assert held[0][0] is held[1][0]


def test_a_partial_is_made_once_for_the_same_inputs(write_prompt: WritePrompt) -> None:
    library = write_prompt(
        '{% if more %}{% include "_shared/line.md" %}{% else %}Less.{% endif %}',
        inputs="name, more",
        partials=LINE,
    )
    named = SharedInputs(name="Ada")

    assert library.render("a/b", named, more=1).text == "- “Ada”\n"
    named["name"] = "Mary"  # what nobody may do shows that it is not looked at again
    assert library.render("a/b", named, more=1).text == "- “Ada”\n"
    assert library.render("a/b", SharedInputs(name="Mary"), more=1).text == "- “Mary”\n"


def test_a_partial_that_is_left_out_is_not_made(write_prompt: WritePrompt) -> None:
    library = write_prompt(
        '{% if more %}{% include "_shared/line.md" %}{% else %}Less.{% endif %}',
        inputs="name, more",
        partials={"line.md": "- {{ name | trusted }}\n"},
    )
    bad = SharedInputs(name="<b>")

    assert library.render("a/b", bad, more=0).text == "Less.\n"
    for _ in range(2):
        with pytest.raises(PromptInvalid, match="does not render"):
            library.render("a/b", bad, more=1)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ('{% for name in names %}{% include "_shared/line.md" %}{% endfor %}', "- “Bo”\n- “Cy”\n"),
        ('{% set name = names[0] %}{% include "_shared/line.md" %}', "- “Bo”\n"),
        ('{% with name = names[0] %}{% include "_shared/line.md" %}{% endwith %}', "- “Bo”\n"),
    ],
)
def test_a_partial_sees_what_is_named_around_it(write_prompt: WritePrompt, body: str, shown: str) -> None:
    library = write_prompt(body, inputs="name, names", partials=LINE)
    inputs: dict[str, Any] = {"name": "Ada", "names": ["Bo", "Cy"]}

    assert library.render("a/b", **inputs).text == shown
    assert library.render("a/b", SharedInputs(**inputs)).text == shown


def test_a_partial_sees_what_is_named_in_it(write_prompt: WritePrompt) -> None:
    naming = "{% set name = names[0] %}{{ name | quoted }}"
    library = write_prompt('{% include "_shared/line.md" %}', inputs="names", partials={"line.md": naming})

    for _ in range(2):
        assert library.render("a/b", SharedInputs(names=["Bo"])).text == "“Bo”\n"


def test_inputs_are_exactly_the_declared_ones_shared_or_not(write_prompt: WritePrompt) -> None:
    library = write_prompt('{% include "_shared/line.md" %}', inputs="name", partials=LINE)

    with pytest.raises(PromptInvalid, match="more is passed but not declared"):
        library.render("a/b", SharedInputs(name="Ada", more=1))
    with pytest.raises(PromptInvalid, match="name is declared but not passed"):
        library.render("a/b", SharedInputs())
    with pytest.raises(PromptInvalid, match="name is passed twice"):
        library.render("a/b", SharedInputs(name="Ada"), name="Mary")


def test_each_library_makes_its_own(write_prompt: WritePrompt) -> None:
    named = SharedInputs(name="Ada")
    one = write_prompt('{% include "_shared/line.md" %}', inputs="name", partials=LINE)
    assert one.render("a/b", named).text == "- “Ada”\n"

    other = write_prompt(
        '{% include "_shared/line.md" %}', inputs="name", partials={"line.md": "* {{ name | quoted }}\n"}
    )
    assert other.render("a/b", named).text == "* “Ada”\n"
