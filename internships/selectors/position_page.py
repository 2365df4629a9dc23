"""What the public page of one position shows."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, IntegerField, Q, Value, When

from internships.models import Position
from internships.selectors.positions import card_rows

SIMILAR = 3
# What the page shows of the position and of those who stand behind it; other columns stay where they are.
_SHOWN = (
    *(field.name for field in Position._meta.concrete_fields if field.name != "search_vector"),
    *(f"{who}__{name}" for who in ("host", "lead_unit", "base") for name in ("name", "name_en")),
    "base__state",
)


def readable_position(pk: int, user: AbstractBaseUser | AnonymousUser) -> Position | None:
    """Return the position with ``is_open``, or None: absent and forbidden look alike.

    The public reads what is or was on the list, those who work with it read it in every state.
    """
    rows = Position.objects.filter(pk=pk).with_openness().select_related("host", "lead_unit", "base").only(*_SHOWN)
    # One row at most: an order would only cost.
    rows = rows.order_by()
    return next(iter(rows.public()), None) or next(iter(rows.visible_to(user)), None)


def similar_positions(position: Position) -> list[dict[str, Any]]:
    """Return cards of a few open positions: same field of study first, then same host, then same kind of work."""
    same = Case(
        When(disciplines__overlap=position.disciplines or [""], then=Value(0)),
        When(host=position.host_id, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    alike = Q(disciplines__overlap=position.disciplines or [""]) | Q(host=position.host_id) | Q(sector=position.sector)
    # What is looked for is open: there is nothing to work out row by row.
    rows = Position.objects.open().filter(alike).exclude(pk=position.pk).annotate(is_open=Value(True), same=same)
    return list(card_rows(rows.order_by("same", "apply_until", "pk"))[:SIMILAR])
