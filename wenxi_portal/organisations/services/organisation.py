"""The only writer of organisations."""

from django.db import transaction

from wenxi_portal.core import search_text
from wenxi_portal.core.editing import lock_for_edit
from wenxi_portal.organisations.models import Organisation


@transaction.atomic
def save_organisation(*, organisation: Organisation, expected_revision: int | None = None) -> Organisation:
    """Check and write ``organisation``, new or changed, and make it findable.

    ``expected_revision`` is the revision the editor had on screen: when somebody else wrote in between,
    ``DomainError`` is raised and nothing is overwritten. Raises ``ValidationError`` for broken values.
    """
    if organisation.pk:
        organisation.revision = lock_for_edit(organisation, expected_revision)
    organisation.sort_key = search_text.sort_key(organisation.name)[:600]
    organisation.full_clean(exclude=["search_vector"])
    organisation.save()
    index_organisation(organisation=organisation)
    return organisation


def index_organisation(*, organisation: Organisation) -> None:
    """Write what ``organisation`` is found by: names by pinyin too, places and codes by their characters."""
    vector = search_text.vector(search_text.lexemes(*searched(organisation)))
    Organisation.objects.filter(pk=organisation.pk).update(search_vector=vector)


def searched(organisation: Organisation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts an organisation is found by: names by pinyin too, places and codes by their characters."""
    names = (organisation.name, organisation.short_name, organisation.name_en)
    texts = (organisation.city, organisation.province, organisation.school_code or "", organisation.credit_code or "")
    return names, texts
