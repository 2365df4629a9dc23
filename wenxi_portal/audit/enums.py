"""What is recorded."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    """The deed an audit entry tells of."""

    SIGNED_IN = "signed_in", _("signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("sign-in failed")
    CREATED = "created", _("created")
    CHANGED = "changed", _("changed")
    MOVED = "moved", _("changed the state")
    UPLOADED = "uploaded", _("uploaded a paper")
    READ_PAPER = "read_paper", _("opened a paper")
    EXPORTED = "exported", _("exported a list")
    REVEALED = "revealed", _("revealed personal data")
    ROLE_GIVEN = "role_given", _("gave a role")
    ROLE_TAKEN = "role_taken", _("took a role away")
    FACTOR_RESET = "factor_reset", _("reset the second factor")
    ERASED = "erased", _("erased what had been kept long enough")
