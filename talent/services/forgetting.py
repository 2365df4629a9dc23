"""How registrations and contacts are forgotten: at a withdrawal, or when their time is over (``talent.retention``)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from talent.models import Contact, Registration

# The texts of a registration that tell who or where somebody is.
_TEXTS = (
    "id_number",
    "document_kind",
    "mobile",
    "email",
    "contact_index",
    "offer",
    "township",
    "university_name",
    "level",
    "major",
    "employer_name",
    "post",
    "preferred_channel",
)


def forget_registrations(registrations: Iterable[int]) -> int:
    """Erase what was filled in, and keep the row with the dates of its states; return how many."""
    return Registration.objects.filter(pk__in=list(registrations)).update(
        name=_("(erased)"), birth_date=None, graduates_on=None, sex="9", **dict.fromkeys(_TEXTS, "")
    )


def forget_contacts(contacts: Iterable[int]) -> int:
    """Delete contacts and the copies that the field history kept of them; return how many contacts."""
    keys = list(contacts)
    event = Contact._meta.get_field("events").related_model
    gone, _models = Contact.objects.filter(pk__in=keys).delete()
    event._default_manager.filter(pgh_obj_id__in=keys).delete()  # type: ignore[union-attr]
    return gone
