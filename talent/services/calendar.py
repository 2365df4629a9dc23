"""An officer's calendar address: a secret that can be taken back."""

import secrets

from django.db import transaction

from talent.models import CalendarFeed
from talent.querysets import token_index
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record


@transaction.atomic
def renew_feed(*, user: User) -> str:
    """Make a new calendar address and return its secret, which is shown once; the old address is void."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(user=user, defaults={"token_index": token_index(token)})
    record(actor=user, verb=Verb.CHANGED, subject=user, calendar="renewed")
    return token


@transaction.atomic
def revoke_feed(*, user: User) -> None:
    """Make the calendar address void."""
    gone, _models = CalendarFeed.objects.filter(user=user).delete()
    if gone:
        record(actor=user, verb=Verb.CHANGED, subject=user, calendar="revoked")
