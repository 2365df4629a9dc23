"""``{% component %}``, ``{% slot %}`` and ``{% icon %}``.

    {% component "badge" word=base.get_state_display look=base.badge / %}
    {% component "card" title=base.name url=base.get_absolute_url %}
      {% slot "meta" %}…{% endslot %}
      What stands outside a slot is the slot "body".
    {% endcomponent %}

A use that names an unknown component, prop or slot, or forgets a needed prop, does not compile. A component sees its
props and slots and nothing else of the page, apart from ``portal`` (the frame: language, display, theme).
"""

import re
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, TextNode, Token
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.utils.module_loading import autodiscover_modules
from django.utils.safestring import SafeString

from wenxi_portal.core.components import (
    Component,
    find,
    library,  # noqa: F401  core's components are declared by being imported
)
from wenxi_portal.core.components.icons import svg

autodiscover_modules("components")

register = template.Library()
_PROP = re.compile(r"^(\w+)=(.+)$")
_LITERAL = re.compile(r"""^(["'])(.*)\1$""")


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return the named icon as an inline SVG that is silent for screen readers."""
    return svg(name)


class SlotNode(Node):
    """A named piece of content inside a component."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """Render the content with the variables of the page that wrote it."""
        return self.nodelist.render(context)


class ComponentNode(Node):
    """One use of a component."""

    child_nodelists = ("slot_nodes",)

    def __init__(self, component: Component, props: dict[str, FilterExpression], slots: dict[str, NodeList]) -> None:
        self.component = component
        self.props = tuple(props.items())
        self.slots = tuple(slots.items())
        self.slot_nodes = NodeList(node for nodelist in slots.values() for node in nodelist)
        self.template: Any = None

    def render(self, context: Context) -> SafeString:
        """Render the component's template with its props and slots alone."""
        if self.template is None:
            self.template = context.template.engine.get_template(self.component.template_name)  # type: ignore[union-attr]
        values = {**self.component.defaults, "portal": context.get("portal")}
        for name, expression in self.props:
            values[name] = expression.resolve(context)
        for name, nodelist in self.slots:
            values[name] = SafeString(nodelist.render(context).strip())
        # A context of its own rather than a copy of the page's: a list page renders hundreds of components.
        inner = Context(values, autoescape=context.autoescape, use_l10n=context.use_l10n, use_tz=context.use_tz)
        inner.template = context.template
        inner.render_context = context.render_context
        with context.render_context.push_state(self.template):
            return self.template.nodelist.render(inner)


@register.tag("slot")
def do_slot(parser: Parser, token: Token) -> SlotNode:
    """Compile ``{% slot "name" %}…{% endslot %}``."""
    bits = token.split_contents()
    literal = _LITERAL.match(bits[1]) if len(bits) == 2 else None
    if not literal:
        raise TemplateSyntaxError('Write {% slot "name" %}.')
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(literal[2], nodelist)


@register.tag("component")
def do_component(parser: Parser, token: Token) -> ComponentNode:
    """Compile ``{% component "name" prop=value %}…{% endcomponent %}``, or without content ``{% component … / %}``."""
    bits = token.split_contents()[1:]
    closed = bool(bits) and bits[-1] == "/"
    component = _named(bits[0] if bits else "")
    props, literals = _props(parser, component.name, bits[1:-1] if closed else bits[1:])
    slots = {} if closed else _slots(parser, component.name)
    if complaint := component.complaint(literals, frozenset(slots)):
        raise TemplateSyntaxError(f"The component {component.name} {complaint}.")
    return ComponentNode(component, props, slots)


def _named(bit: str) -> Component:
    literal = _LITERAL.match(bit)
    component = find(literal[2]) if literal else None
    if component is None:
        raise TemplateSyntaxError(f"There is no component {bit or 'without a name'}.")
    return component


def _props(parser: Parser, name: str, bits: list[str]) -> tuple[dict[str, FilterExpression], dict[str, str | None]]:
    props: dict[str, FilterExpression] = {}
    literals: dict[str, str | None] = {}
    for bit in bits:
        pair = _PROP.match(bit)
        if not pair:
            raise TemplateSyntaxError(f"The component {name} takes prop=value, not {bit}.")
        if pair[1] in props:
            raise TemplateSyntaxError(f"The component {name} is given {pair[1]} twice.")
        literal = _LITERAL.match(pair[2])
        props[pair[1]] = parser.compile_filter(pair[2])
        literals[pair[1]] = literal[2] if literal else None
    return props, literals


def _slots(parser: Parser, name: str) -> dict[str, NodeList]:
    nodelist = parser.parse(("endcomponent",))
    parser.delete_first_token()
    slots: dict[str, NodeList] = {}
    body = NodeList()
    for node in nodelist:
        if isinstance(node, SlotNode):
            if node.name in slots:
                raise TemplateSyntaxError(f"The component {name} is given the slot {node.name} twice.")
            slots[node.name] = node.nodelist
        else:
            body.append(node)
    if any(not (isinstance(node, TextNode) and not node.s.strip()) for node in body):
        if "body" in slots:
            raise TemplateSyntaxError(f"The component {name} is given the slot body twice.")
        slots["body"] = body
    return slots
