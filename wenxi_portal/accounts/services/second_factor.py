"""The second factor of an account."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from wenxi_portal.accounts.models import User


@transaction.atomic
def reset_second_factor(*, user: User) -> int:
    """Forget every authenticator of ``user``, whose phone or key is lost, and return how many there were.

    Staff are led to set up a new one before anything else. The caller records who did it and why.
    """
    removed, _rows = Authenticator.objects.filter(user=user).delete()
    return removed
