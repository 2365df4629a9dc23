"""A component takes what it declares and refuses everything else, when the template is compiled."""

import pytest
from django.template import Context, Engine, TemplateSyntaxError, engines

from bases.enums import AGREEMENT_BADGES, BASE_BADGES
from tests.test_consistency import TEMPLATES
from wenxi_portal.core.components import Component, Prop, declare, registry
from wenxi_portal.core.components.icons import svg


def render(source: str, **values: object) -> str:
    template = engines["django"].from_string("{% load components %}" + source)
    return template.render(values)


def test_props_and_slots_arrive():
    html = render(
        '{% component "card" title=name url="/x/" %}{% slot "over" %}{{ over }}{% endslot %}{{ name }} inside{% endcomponent %}',
        name="A & B",
        over="above",
    )
    assert 'href="/x/"' in html
    assert "A &amp; B</a>" in html
    assert "A &amp; B inside" in html
    assert "<span>above</span>" in html


def test_a_component_sees_nothing_else_of_the_page():
    assert "secret" not in render('{% component "notice" %}text{% endcomponent %}', title="secret", kind="secret")


def test_a_component_sees_the_frame():
    engine = engines["django"].engine
    node = engine.from_string('{% load components %}{% component "notice" %}{{ portal }}{% endcomponent %}')
    assert "frame" in node.render(Context({"portal": "frame"}))


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ('{% component "nonesuch" / %}', "There is no component"),
        ("{% component name / %}", "There is no component"),
        ('{% component "badge" / %}', "needs word"),
        ('{% component "badge" word="x" size="big" / %}', "does not take size"),
        ('{% component "badge" word="x" word="y" / %}', "twice"),
        ('{% component "badge" word="x" tone="pink" / %}', "one of accent, info"),
        ('{% component "badge" "x" / %}', "takes prop=value"),
        ('{% component "badge" word="x" %}text{% endcomponent %}', "has no slot body"),
        (
            '{% component "card" title="x" url="/" %}{% slot "foot" %}{% endslot %}{% endcomponent %}',
            "has no slot foot",
        ),
        (
            '{% component "card" title="x" url="/" %}{% slot "over" %}{% endslot %}{% slot "over" %}{% endslot %}{% endcomponent %}',
            "the slot over twice",
        ),
        ('{% component "notice" %}{% slot "body" %}a{% endslot %}b{% endcomponent %}', "the slot body twice"),
        ("{% slot over %}{% endslot %}", "Write"),
    ],
)
def test_a_wrong_use_does_not_compile(source, complaint):
    with pytest.raises(TemplateSyntaxError, match=complaint):
        render(source)


def test_a_value_from_the_page_is_not_bound_to_the_choices():
    assert "badge-warning" in render('{% component "badge" word="x" tone=tone / %}', tone="warning")


def test_components_nest_and_repeat():
    html = render(
        '{% for n in "123" %}{% component "notice" %}{% component "badge" word=n / %}{% endcomponent %}{% endfor %}'
    )
    assert [f"{n}</span>" in html for n in "123"] == [True] * 3


def test_a_second_declaration_is_refused(monkeypatch):
    monkeypatch.setattr(registry, "_components", {})
    declare("once", Prop("x"))
    with pytest.raises(ValueError, match="twice"):
        declare("once")


def test_every_declared_component_has_a_template_that_compiles():
    engine: Engine = engines["django"].engine
    for component in registry._components.values():
        assert engine.get_template(component.template_name), component.name


def test_every_component_template_is_declared():
    declared = {component.template_name for component in registry._components.values()}
    present = {f"components/{path.name}" for path in TEMPLATES if path.parent.name == "components"}
    assert present == declared


def test_a_component_without_props_says_so():
    assert "no props" in Component("bare").complaint({"x": None}, frozenset())


@pytest.mark.parametrize("badge", [*BASE_BADGES.values(), *AGREEMENT_BADGES.values()], ids=str)
def test_every_state_has_an_icon_somebody_has_drawn(badge):
    assert svg(badge.icon).startswith("<svg")
