"""An account's e-mail address: one, kept the same in the account and in the sign-in library's table."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from wenxi_portal.accounts.models import User

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def email_is_available() -> bool:
    """Tell whether the portal can send e-mail: a mail server is set, or mail goes to a developer's screen."""
    return settings.EMAIL_BACKEND != SMTP_BACKEND or bool(settings.EMAIL_HOST)


@transaction.atomic
def put_email(*, user: User, email: str, verified: bool) -> None:
    """Make ``email`` the one address of ``user``; an empty text takes the address away.

    ``verified`` says whether it is known that the person reads mail there. The database raises ``IntegrityError``
    when another account has the address, or when the account would be left without e-mail and mobile.
    """
    user.email = email.strip().lower() or None
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).exclude(email=user.email or "").delete()
    if user.email:
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"primary": True, "verified": verified}
        )
