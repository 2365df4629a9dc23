"""How a row of this room goes from one state to another: lock, ask the table, write, leave a row and an audit entry."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.transitions import StateChange, TransitionTable

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Mover(Generic[Row]):
    """Moves rows of one kind. ``relation`` is the name of the foreign key that leads from a change to its row."""

    table: TransitionTable
    changes: type[StateChange]
    relation: str

    def locked(
        self,
        row: Row,
        to_state: str,
        *,
        reason: str | None = None,
        expected: str | None = None,
        since: Collection[str] | None = None,
    ) -> Row:
        """Return the present row, locked, once it is sure that it may go to ``to_state``.

        ``expected`` is the state the person had on screen, ``since`` the states from which the verb goes where the
        table lets others go there too. Raises ``DomainError`` when the table refuses, when the row has moved on
        meanwhile, or when a ``reason`` is asked for (not None) and empty.
        """
        present: Any = lock(row)
        if expected is not None and present.state != expected:
            raise DomainError(
                _("Meanwhile this has become “%(state)s”. Reload the page.")
                % {"state": self.table.choices(present.state).label},
                code="stale",
            )
        self.table.check(present.state, to_state, since=since)
        if reason is not None and not reason.strip():
            raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
        return present

    def write(
        self,
        present: Row,
        to_state: str,
        *,
        actor: User | None,
        reason: str,
        fields: tuple[str, ...],
        ask_first: bool = True,
    ) -> None:
        """Write ``present`` in its new state with ``fields``, and leave the change and the audit entry.

        Raises ``ValidationError`` when a constraint would be broken. ``ask_first`` False leaves the constraints to the
        write itself (``IntegrityError``): for callers who set every field that a constraint ties to the state.
        """
        row: Any = present
        from_state, row.state = row.state, to_state
        names = {field.name for field in row._meta.fields}
        row.revision = row.revision + 1 if "revision" in names else None
        row.full_clean(
            exclude=[field.name for field in row._meta.fields if field.name not in {*fields, "state"}],
            validate_constraints=ask_first,
        )
        row.save(update_fields=[*fields, "state", *({"revision", "updated_at"} & names)])
        self.entered(row, actor=actor, reason=reason, from_state=from_state)
        record(actor=actor, verb=Verb.MOVED, subject=row, reason=reason, from_state=from_state, to_state=to_state)

    def entered(self, row: Row, *, actor: User | None, reason: str, from_state: str = "") -> None:
        """Leave the row that tells of the move to the present state; the first one has no state before."""
        self.changes._default_manager.create(
            **{self.relation: row},
            from_state=from_state,
            to_state=row.state,  # type: ignore[attr-defined]
            actor=actor,
            reason=reason.strip()[:500],
        )
