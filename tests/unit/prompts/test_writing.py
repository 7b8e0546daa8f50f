"""A template that fills a list says what the stock one says, piece for piece."""

import inspect
from typing import Any

import pytest
from jinja2 import DictLoader, StrictUndefined, Template, TemplateRuntimeError
from jinja2.sandbox import SandboxedEnvironment

from prompts import load, prompt_ids
from prompts.writing import ListWriter, written

PARTIAL = "{% macro said(text) %}<{{ text }}>{% endmacro %}"


class Plain(SandboxedEnvironment):
    """Gives an item before an attribute of a dict, as the prompts' environment does."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj and attribute not in dir(dict):
            return obj[attribute]
        return super().getattr(obj, attribute)


class Person(dict[str, Any]):
    """An attribute goes before the item of the same name."""

    name = "attribute"


BODIES = [
    "",
    "only wording",
    "{% if a.x %}one {{ a.x }}{% elif a.y %}two{% else %}three{% endif %} end",
    "{% for one in many %}{{ loop.index }}{{ one.name }}{{ ', ' if not loop.last else '' }}{% else %}none{% endfor %}",
    "{% for one in many recursive %}{{ one.name }}{% if one.below %}({{ loop(one.below) }}){% endif %}{% endfor %}",
    "{% set word %}in {{ a.x }}{% endset %}{{ word }}{{ word }}",
    "{% set word = a.x %}{% for one in many %}{% set word = one.name %}{{ word }}{% endfor %}{{ word }}",
    "{% macro say(what, how='loud') %}{{ what.name }} {{ how }}{% endmacro %}{{ say(many[0]) }}{{ say(many[1], 'low') }}",
    "{% macro twice() %}{{ caller() }}{{ caller() }}{% endmacro %}{% call twice() %}{{ a.x }}{% endcall %}",
    "{% filter upper %}{% if a.x %}{{ a.x }}{% endif %}b{% endfilter %}",
    "{% with b = a.deep %}{{ b.down }}{{ a.deep.down }}{{ b['down'] }}{% endwith %}",
    "{% from 'partial' import said %}{{ said(a.x) }}",
    "{% import 'partial' as parts %}{{ parts.said(a.x) }}",
    "{% if true %}{% set inner = 'seen' %}{% endif %}{{ inner }}",
    "{% include 'partial' %}{{ a.x }}",
    "{% block part %}{{ a.x }}{% endblock %}",
    "{{ a.items() | list | length }}{{ a.keys is defined }}{{ a.absent is defined }}",
    "{{ subclass.name }}{{ subclass.items() | list | length }}",
    "{{ 1 + 1 }}{{ 'con' ~ 'stant' }}",
]
INPUTS = {
    "a": {"x": "ex", "y": "", "deep": {"down": "deep"}, "items": 3},
    "many": [{"name": "Ada", "below": [{"name": "Bo", "below": []}]}, {"name": "Cy", "below": []}],
    "subclass": Person(name="item"),
}


def environment() -> SandboxedEnvironment:
    return Plain(loader=DictLoader({"partial": PARTIAL}), undefined=StrictUndefined)


def filled(body: str) -> Template:
    jinja = environment()
    writer = ListWriter(jinja, "body")
    writer.visit(jinja.parse(body, "body"))
    return Template.from_code(jinja, compile(writer.source.getvalue(), "<template>", "exec"), jinja.globals)


@pytest.mark.parametrize("body", BODIES)
def test_each_piece_is_that_of_the_stock_template(body: str) -> None:
    stock = environment().from_string(body)

    assert written(filled(body), INPUTS) == list(stock.generate(INPUTS))
    assert filled(body).render(INPUTS) == stock.render(INPUTS)


@pytest.mark.parametrize(
    "body", ["{{ gone }}", "{{ a.gone }}", "{{ a.x.gone }}", "{{ a.__class__ }}", "{{ gone.x }}"]
)
def test_what_is_not_there_is_refused_with_the_same_words(body: str) -> None:
    with pytest.raises(TemplateRuntimeError) as stock:
        environment().from_string(body).render(INPUTS)
    with pytest.raises(TemplateRuntimeError) as ours:
        written(filled(body), INPUTS)

    assert str(ours.value) == str(stock.value)


@pytest.mark.parametrize("prompt_id", prompt_ids())
def test_no_prompt_of_ours_needs_the_generator(prompt_id: str) -> None:
    assert not inspect.isgeneratorfunction(load(prompt_id).template.root_render_func)
