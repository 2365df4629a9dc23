"""What of this room is open in somebody's name: views that colleagues work with."""

from django.urls import reverse
from django.utils.translation import ngettext

from wenxi_portal.accounts.belongings import Belonging
from wenxi_portal.accounts.models import User
from wenxi_portal.saved_views.models import SavedView


def belongings(user: User, organisation_id: int | None) -> list[Belonging]:
    """Return the views shared with a unit, or with any: with their owner's account they would vanish for colleagues."""
    views = SavedView.objects.shared_by(user)
    number = (views if organisation_id is None else views.filter(shared_with=organisation_id)).count()
    words = ngettext(
        "%(number)d saved view shared with colleagues", "%(number)d saved views shared with colleagues", number
    )
    return [Belonging(words % {"number": number}, reverse("admin:talent_contact_hand_over"))] if number else []
