"""The loader: inputs, front matter, partials, tags."""

import re

import pytest

from prompts.prompt import PromptInvalid
from tests.unit.prompts.conftest import WritePrompt


def test_a_rendered_prompt_carries_its_tag_and_what_it_needs(write_prompt: WritePrompt) -> None:
    rendered = write_prompt("Hello {{ name | quoted }}.\n", inputs="name").render("a/b", name="Ada")

    assert rendered.text == "Hello “Ada”.\n"
    assert re.fullmatch(r"a/b@1#[0-9a-f]{8}", rendered.tag)
    assert (rendered.id, rendered.version, rendered.role, rendered.temperature, rendered.output) == (
        "a/b",
        1,
        "fast",
        0.2,
        "text",
    )


@pytest.mark.parametrize(
    ("declared", "body", "complaint"),
    [
        ("name", "Hello.", "name is declared but not used"),
        ("", "Hello {{ name | quoted }}.", "name is used but not declared"),
    ],
)
def test_declared_inputs_are_the_variables_used(
    write_prompt: WritePrompt, declared: str, body: str, complaint: str
) -> None:
    with pytest.raises(PromptInvalid, match=complaint):
        write_prompt(body, inputs=declared).load("a/b")


def test_variables_of_partials_count_as_used(write_prompt: WritePrompt) -> None:
    library = write_prompt(
        '{% include "_shared/outer.md" %}',
        inputs="mood",
        partials={"outer.md": '{% include "_shared/inner.md" %}', "inner.md": "{{ mood | quoted }}"},
    )

    assert library.render("a/b", mood="calm").text == "“calm”\n"


@pytest.mark.parametrize("passed", [{}, {"name": "Ada", "more": 1}])
def test_passed_inputs_are_exactly_the_declared_ones(
    write_prompt: WritePrompt, passed: dict[str, object]
) -> None:
    library = write_prompt("Hello {{ name | quoted }}.", inputs="name")

    with pytest.raises(PromptInvalid, match="inputs of a/b"):
        library.render("a/b", **passed)


@pytest.mark.parametrize(
    "expression",
    ["name", "name.title", "name.upper()", "name | upper", "name if name else 'x'", "'x' ~ name", "names[0]"],
)
def test_a_value_printed_without_saying_what_it_is_does_not_load(
    write_prompt: WritePrompt, expression: str
) -> None:
    declared = "names" if "names" in expression else "name"

    with pytest.raises(PromptInvalid, match="prints a value bare"):
        write_prompt(f"{{{{ {expression} }}}}", inputs=declared).load("a/b")


def test_template_signs_in_a_value_stay_text(write_prompt: WritePrompt) -> None:
    library = write_prompt("{{ note | untrusted }}", inputs="note")

    assert library.render("a/b", note="{{ 7 * 7 }} {% raw %}").text == "{{ 7 * 7 }} {% raw %}\n"


def test_a_template_cannot_reach_python(write_prompt: WritePrompt) -> None:
    library = write_prompt("{{ name.__class__.__mro__ | quoted }}", inputs="name")

    with pytest.raises(PromptInvalid, match="does not render"):
        library.render("a/b", name="Ada")


def test_a_missing_field_of_an_input_is_an_error_and_not_an_empty_word(write_prompt: WritePrompt) -> None:
    library = write_prompt("{{ company.name | quoted }}", inputs="company")

    with pytest.raises(PromptInvalid, match="does not render"):
        library.render("a/b", company={})


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("id: a/b", "id: a/c"), "the id must equal the path"),
        (("output: text", "output: text\nauthor: me"), "front matter of a/b is wrong"),
        (("version: 1", "version: 0"), "front matter of a/b is wrong"),
        (("role: fast", "role: gpt-4o"), "front matter of a/b is wrong"),
        (("output: text", "output: notes"), "front matter of a/b is wrong"),
        (("---\nid", "id"), "does not begin with front matter"),
        (("Hello", "{% if %}"), "not a valid template"),
        (("Hello", '{% include "a/b.md" %}'), "only _shared/ files"),
        (("Hello", "{% include nothing %}"), "only _shared/ files"),
        (("Hello", '{% include "_shared/gone.md" %}'), "there is no prompt file _shared/gone.md"),
    ],
)
def test_a_file_that_breaks_a_rule_does_not_load(
    write_prompt: WritePrompt, change: tuple[str, str], complaint: str
) -> None:
    library = write_prompt("Hello\n")
    path = library.folder / "a" / "b.md"
    path.write_text(path.read_text().replace(*change, 1))

    with pytest.raises(PromptInvalid, match=complaint):
        library.load("a/b")


def test_the_hash_follows_the_partials(write_prompt: WritePrompt) -> None:
    body = '{% include "_shared/rule.md" %}'
    first = write_prompt(body, partials={"rule.md": "Be brief."}).load("a/b").hash
    second = write_prompt(body, partials={"rule.md": "Be very brief."}).load("a/b").hash

    assert first != second


def test_an_unknown_id_is_refused(write_prompt: WritePrompt) -> None:
    with pytest.raises(PromptInvalid, match="no prompt file"):
        write_prompt("Hello\n").load("a/other")
