"""Declarations of components, by name."""

from dataclasses import dataclass, field
from typing import Any

_REQUIRED: Any = object()


@dataclass(frozen=True, slots=True)
class Prop:
    """A value a component takes. Without a default it must be given; ``choices`` bind values written in a template."""

    name: str
    default: Any = _REQUIRED
    choices: frozenset[str] = frozenset()

    @property
    def required(self) -> bool:
        """Tell whether every use must give this prop."""
        return self.default is _REQUIRED


@dataclass(frozen=True, slots=True)
class Component:
    """A named template with its props and slots. The slot ``body`` takes what stands outside other slots."""

    name: str
    props: tuple[Prop, ...] = ()
    slots: frozenset[str] = frozenset()
    defaults: dict[str, Any] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        defaults = {prop.name: prop.default for prop in self.props if not prop.required}
        object.__setattr__(self, "defaults", defaults | dict.fromkeys(self.slots, ""))

    @property
    def template_name(self) -> str:
        """Where the component's template lies."""
        return f"components/{self.name}.html"

    @property
    def required(self) -> frozenset[str]:
        """Names of the props that every use must give."""
        return frozenset(prop.name for prop in self.props if prop.required)

    def complaint(self, props: dict[str, str | None], slots: frozenset[str]) -> str:
        """Return why this use is wrong, or an empty text. ``props`` maps to the literal text, None for expressions."""
        known = {prop.name: prop for prop in self.props}
        if unknown := sorted(set(props) - set(known)):
            return f"does not take {', '.join(unknown)}; it takes {', '.join(known) or 'no props'}"
        if missing := sorted(self.required - set(props)):
            return f"needs {', '.join(missing)}"
        if foreign := sorted(slots - self.slots):
            return f"has no slot {', '.join(foreign)}; it has {', '.join(sorted(self.slots)) or 'none'}"
        for name, literal in props.items():
            choices = known[name].choices
            if literal is not None and choices and literal not in choices:
                return f"takes for {name} one of {', '.join(sorted(choices))}, not {literal}"
        return ""


_components: dict[str, Component] = {}


def declare(name: str, *props: Prop, slots: tuple[str, ...] = ()) -> Component:
    """Register a component; a second one of the same name is refused."""
    if name in _components:
        raise ValueError(f"The component {name} is declared twice.")
    _components[name] = Component(name, props, frozenset(slots))
    return _components[name]


def find(name: str) -> Component | None:
    """Return the component of that name."""
    return _components.get(name)
