"""Many organisations at once, with the checks of one; history and constraints come from the database as always."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise

from wenxi_portal.core import search_text
from wenxi_portal.core.bulk import copy_in, update_from
from wenxi_portal.organisations.enums import OrganisationKind
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.services.organisation import searched

_CONSTRAINTS = {
    constraint.name: constraint.violation_error_message or "" for constraint in Organisation._meta.constraints
}
_HOSTS_ONLY = _CONSTRAINTS["organisations_host_kind_of_hosts"]
_UNIVERSITIES_ONLY = _CONSTRAINTS["organisations_school_facts_of_universities"]
_EMPTY = (None, "")


def refusals(values: Mapping[str, Any]) -> Iterator[tuple[str, str | Promise]]:
    """Yield field and sentence for each value that does not suit the kind: what the table's constraints refuse."""
    if values.get("host_kind") and values["kind"] != OrganisationKind.HOST:
        yield "host_kind", _HOSTS_ONLY
    if values["kind"] != OrganisationKind.UNIVERSITY:
        for name in ("school_code", "double_first_class"):
            if values.get(name) not in _EMPTY:
                yield name, _UNIVERSITIES_ONLY


@transaction.atomic
def save_organisations(*, new: Sequence[Organisation], changed: Sequence[Organisation], fields: Iterable[str]) -> None:
    """Check and write organisations, new and changed, and make them findable, in three statements.

    ``fields`` are those that the caller has set; ``changed`` are rows that the caller holds locked. Raises
    ``ValidationError`` for broken values, ``IntegrityError`` when a name or code is taken.
    """
    checked = tuple(fields)
    for organisation in (*new, *changed):
        organisation.clean()
        _check(organisation, checked)
        organisation.sort_key = organisation.sort_key or search_text.sort_key(organisation.name)[:600]
    now = timezone.now()
    for organisation in new:
        organisation.created_at = organisation.updated_at = now
    if new:
        copy_in(Organisation, new, raw={"search_vector": [_vector(organisation) for organisation in new]})
    if changed:
        for organisation in changed:
            organisation.revision += 1
            organisation.updated_at = now
            organisation.sort_key = search_text.sort_key(organisation.name)[:600]
        written = (*checked, "sort_key", "revision", "updated_at")
        vectors = [_vector(organisation) for organisation in changed]
        update_from(Organisation, changed, written, raw={"search_vector": vectors})


def _check(organisation: Organisation, names: Sequence[str]) -> None:
    """Run the checks of the fields that are filled in, without asking the database."""
    errors: dict[str, Any] = {}
    for name in names:
        field = organisation._meta.get_field(name)
        value = getattr(organisation, name)
        if value in _EMPTY:
            if not field.blank:  # type: ignore[union-attr]
                errors[name] = field.error_messages["blank"]  # type: ignore[union-attr]
            continue
        try:
            field.run_validators(value)  # type: ignore[union-attr]
        except ValidationError as error:
            errors[name] = error.messages
        if field.choices and value not in _values(field):  # type: ignore[union-attr]
            errors[name] = field.error_messages["invalid_choice"] % {"value": value}  # type: ignore[union-attr]
    errors |= dict(refusals({field: getattr(organisation, field) for field in ("kind", *names)}))
    if errors:
        raise ValidationError(errors)


def _values(field: Any) -> set[str]:
    return {value for value, _label in field.choices}


def _vector(organisation: Organisation) -> str:
    return search_text.vector_literal(search_text.lexemes(*searched(organisation)))
