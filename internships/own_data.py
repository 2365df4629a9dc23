"""The student's own data: a copy, and erasing (``wenxi_portal.accounts.own_data``)."""

from django.utils.translation import gettext as _

from internships.selectors.own_data import own_parts, student_on_file
from internships.services.own_data import erase_own, why_kept
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.own_data import Part


def parts(user: User) -> list[Part]:
    """Return profile, papers, applications and stays."""
    return own_parts(user)


def kept(user: User) -> list[str]:
    """Return why profile, papers and stays are not erased."""
    student = student_on_file(user)
    reasons = why_kept(student) if student else []
    return [_("Profile, papers and stays of an intern: %(reason)s") % {"reason": reason} for reason in reasons]


def erase(user: User) -> None:
    """Erase what no duty keeps."""
    erase_own(user=user)
