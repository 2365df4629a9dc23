"""Sign-ins and failures, told by the sign-in library's signals."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser

from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record


def record_sign_in(*, user: AbstractBaseUser, **_kwargs: Any) -> None:
    """Record that ``user`` signed in."""
    record(actor=user, verb=Verb.SIGNED_IN)


def record_failed_sign_in(**_kwargs: Any) -> None:
    """Record that a sign-in failed, without what was typed: it may be a password."""
    record(actor=None, verb=Verb.SIGN_IN_FAILED)
