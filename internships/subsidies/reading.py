"""How the data of a policy's rules is read: each value with its place, so that an error can name it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenxi_portal.core.errors import DomainError


class RulesError(DomainError):
    """The rules of a policy make no sense; ``field`` is the place, such as ``counting.half_from_days``.

    ``problem`` is the sentence without the place, for a form that shows it beside the field.
    """

    problem = ""


_SAYINGS = {
    "shape": gettext_lazy("A list of named values is expected here."),
    "list": gettext_lazy("A list is expected here."),
    "unknown": gettext_lazy("This is not known here: %(what)s."),
    "choice": gettext_lazy("This is none of the choices: %(what)s."),
    "missing": gettext_lazy("This counting rule needs a value here."),
    "unused": gettext_lazy("This counting rule does not use this value: leave it empty."),
    "number": gettext_lazy("This is no number: %(what)s."),
    "range": gettext_lazy("The number lies between %(least)s and %(most)s."),
    "step": gettext_lazy("The number goes in steps of %(step)s."),
    "band": gettext_lazy("A band has either a share or an amount."),
    "mixed": gettext_lazy("Either all bands have shares, or all have amounts."),
    "order": gettext_lazy("Each band begins at more days than the one before and gives no less."),
    "nothing": gettext_lazy("With this nobody would ever be paid anything."),
    "below_half": gettext_lazy("A whole month needs at least as many days as a half month."),
    "milestone": gettext_lazy("A contract has no months; social insurance has at least one."),
    "shares": gettext_lazy("The shares of the milestones must come to 100 percent."),
    "twice": gettext_lazy("A milestone stands here twice."),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A value of the rules and where it stands; ``value`` None: it is not there."""

    path: str
    value: Any

    @property
    def is_there(self) -> bool:
        """Whether there is a value."""
        return self.value not in (None, "")

    def at(self, name: str) -> "Place":
        """Return the value named ``name`` inside this one."""
        inner = self.value.get(name) if isinstance(self.value, Mapping) else None
        return Place(f"{self.path}.{name}".lstrip("."), inner)

    def items(self) -> "Iterator[Place]":
        """Yield the values of a list; nothing when it is not there."""
        if not self.is_there:
            return
        if not isinstance(self.value, list | tuple):
            raise self.error("list")
        for number, value in enumerate(self.value):
            yield Place(f"{self.path}.{number}", value)

    def mapping(self, names: Collection[str]) -> Mapping[str, Any]:
        """Return named values, all of which are among ``names``."""
        if not isinstance(self.value, Mapping):
            raise self.error("shape")
        strange = sorted(str(name) for name in self.value if name not in names)
        if strange:
            raise self.error("unknown", what=", ".join(strange))
        return self.value

    def one_of(self, values: Collection[str], usual: str | None = None) -> str:
        """Return a choice, or the usual one when there is none."""
        if not self.is_there:
            if usual is None:
                raise self.error("missing")
            return usual
        if self.value not in values:
            raise self.error("choice", what=str(self.value)[:40])
        return str(self.value)

    def optional(
        self, least: Decimal = Decimal(0), most: Decimal = Decimal(1000000), step: Decimal | None = None
    ) -> Decimal | None:
        """Return a number between ``least`` and ``most`` in steps of ``step``, None when there is none."""
        return self.number(least, most, step) if self.is_there else None

    def number(
        self, least: Decimal = Decimal(0), most: Decimal = Decimal(1000000), step: Decimal | None = None
    ) -> Decimal:
        """Return a number between ``least`` and ``most`` in steps of ``step``."""
        if not self.is_there:
            raise self.error("missing")
        # A float has lost its cents already; data holds text or whole numbers.
        if isinstance(self.value, bool | float):
            raise self.error("number", what=str(self.value))
        try:
            number = Decimal(str(self.value))
        except InvalidOperation:
            raise self.error("number", what=str(self.value)[:40]) from None
        if not number.is_finite() or not least <= number <= most:
            raise self.error("range", least=str(least), most=str(most))
        if step is not None and number % step:
            raise self.error("step", step=str(step))
        return number

    def error(self, saying: str, **values: str) -> RulesError:
        """Return the error that says what is wrong at this place."""
        problem = str(_SAYINGS[saying]) % values
        message = _("%(place)s: %(problem)s") % {"place": self.path, "problem": problem} if self.path else problem
        error = RulesError(message, code=f"rules_{saying}", field=self.path)
        error.problem = problem
        return error


def allowed(
    needs: Collection[str] = frozenset(), may: Collection[str] = frozenset()
) -> tuple[Collection[str], Collection[str]]:
    """Return what a counting method has to be told and what it may be told besides."""
    return needs, may
