"""In which language somebody is written to."""

from django.conf import settings

from wenxi_portal.accounts.models import User
from wenxi_portal.notifications.models import DeliveryHours


def language_of(user: User) -> str:
    """Return the language the person chose for what leaves the house; the portal's own where nothing is chosen."""
    chosen = DeliveryHours.objects.filter(user=user).values_list("language", flat=True).first()
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
