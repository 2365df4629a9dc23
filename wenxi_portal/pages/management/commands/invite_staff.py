"""``manage.py invite_staff``: the way the first and every further member of staff comes in."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from wenxi_portal.accounts.enums import STAFF_ROLES, Role
from wenxi_portal.accounts.services.emails import email_is_available
from wenxi_portal.core.errors import DomainError
from wenxi_portal.pages.services.staff_invitations import invitation_link, invite_staff, send_invitation


class Command(BaseCommand):
    """Makes an account without a password and prints, or sends, a link to choose one."""

    help = "Invite a member of staff: prints a link, good once and for seven days, to choose a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--email", required=True, help="address to sign in with")
        parser.add_argument("--name", required=True, help="name of the person")
        parser.add_argument("--role", required=True, choices=sorted(role.value for role in STAFF_ROLES))
        parser.add_argument("--unit", default="", help="name of the organisation the person works for, as on file")
        parser.add_argument("--site", default="", help="address of the portal, like https://portal.example.gov.cn")
        parser.add_argument("--send", action="store_true", help="send the link by e-mail instead of printing it")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Invite."""
        site = options["site"] or _site()
        if options["send"] and not email_is_available():
            raise CommandError("There is no mail server: leave --send away and hand the link over yourself.")
        role = Role(options["role"])
        try:
            validate_email(options["email"])
            user = invite_staff(email=options["email"], name=options["name"], role=role, unit=options["unit"])
        except (DomainError, ValidationError) as error:
            raise CommandError(" ".join(getattr(error, "messages", [str(error)]))) from None
        link = invitation_link(user=user, site=site)
        if options["send"]:
            try:
                send_invitation(user=user, link=link)
            except OSError as error:
                raise CommandError(
                    f"The mail server did not take the letter ({error}); run again without --send."
                ) from None
            self.stdout.write(f"The invitation is on its way to {user.email}.")
            return
        self.stdout.write("Give this link to the person it is for. It works once and for seven days:")
        self.stdout.write(link)


def _site() -> str:
    """Return the address under which the portal is known, as far as the settings tell."""
    if settings.DEBUG:
        return "http://localhost:8000"
    host = next((host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))), "")
    if not host:
        raise CommandError("Say with --site under which address the portal is known.")
    return f"https://{host}"
