"""The only writer of organisations."""

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import transaction
from django.db.models import Func, TextField, Value
from django.utils.translation import gettext as _

from wenxi_portal.core import search_text
from wenxi_portal.core.errors import DomainError
from wenxi_portal.organisations.models import Organisation


def lexeme_vector(lexemes: list[str]) -> Func:
    """Return the expression that stores ``lexemes`` as a ``tsvector``."""
    return Func(
        Value(lexemes, output_field=ArrayField(TextField())),
        function="array_to_tsvector",
        output_field=SearchVectorField(),
    )


@transaction.atomic
def save_organisation(*, organisation: Organisation, expected_revision: int | None = None) -> Organisation:
    """Check and write ``organisation``, new or changed, and make it findable.

    ``expected_revision`` is the revision the editor had on screen: when somebody else wrote in between,
    ``DomainError`` is raised and nothing is overwritten. Raises ``ValidationError`` for broken values.
    """
    if organisation.pk:
        locked = Organisation.objects.select_for_update(no_key=True).only("revision").get(pk=organisation.pk)
        if expected_revision is not None and locked.revision != expected_revision:
            raise DomainError(
                _(
                    "Somebody else changed this record while you were editing. Reload it, then enter your changes again."
                ),
                code="stale",
            )
        organisation.revision = locked.revision + 1
    organisation.sort_key = search_text.sort_key(organisation.name)[:600]
    organisation.search_vector = None
    organisation.full_clean()
    organisation.save()
    index_organisation(organisation=organisation)
    return organisation


def index_organisation(*, organisation: Organisation) -> None:
    """Write what ``organisation`` is found by: names by pinyin too, places and codes by their characters."""
    names = (organisation.name, organisation.short_name, organisation.name_en)
    texts = (organisation.city, organisation.province, organisation.school_code or "", organisation.credit_code or "")
    vector = lexeme_vector(search_text.lexemes(names, texts))
    Organisation.objects.filter(pk=organisation.pk).update(search_vector=vector)


def organisation_changes(organisation: Organisation, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of ``values`` that differ from what ``organisation`` holds."""
    return {name: value for name, value in values.items() if getattr(organisation, name) != value}
