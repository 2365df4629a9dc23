"""What is missing before a stay begins, in words for the student: what to do, and where."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from internships.enums import AgreementParty
from internships.models import Placement
from internships.selectors.readiness import Requirement
from internships.selectors.stay_page import agreement_to_sign, needs_of


@dataclass(frozen=True, slots=True)
class Need:
    """A requirement as the student reads it; ``url`` is where it is seen to, empty when it is for others to do."""

    label: str
    met: bool
    reason: str
    to_do: str = ""
    url: str = ""
    deed: str = ""


def needs_of_student(stay: Placement) -> list[Need]:
    """Return the requirements of a stay that has not begun, each missing one with what the student does about it."""
    return [_told(need, stay) for need in needs_of(stay)]


def _told(need: Requirement, stay: Placement) -> Need:
    if need.met:
        return Need(need.label, True, need.reason)
    to_do, url, deed = _step(need.name, stay)
    return Need(need.label, False, need.reason, to_do, url, deed)


def _step(name: str, stay: Placement) -> tuple[str, str, str]:
    if name == "enrolment":
        words = _("Give the check code of the student register, or upload another proof. The lead unit checks it.")
        return words, reverse("my_internships:profile_step", args=["proof"]), _("Prove that I study")
    if name == "guardian":
        words = _("Have your guardian sign the consent and upload it.")
        return words, f"{reverse('my_internships:papers')}?kind=guardian", _("Upload the consent")
    if name == "agreement" and agreement_to_sign(stay, AgreementParty.STUDENT):
        words = _("Read the agreement and confirm it.")
        return words, reverse("my_internships:stay_agreement", args=[stay.pk]), _("Confirm the agreement")
    ask = reverse("my_internships:ask_support", args=[stay.pk])
    if name == "age":
        words = _("Nobody under %(least)d begins a stay. Ask %(unit)s what is possible.")
        return words % {"least": settings.YOUNGEST_INTERN, "unit": stay.lead_unit.display_name}, ask, _("Ask for help")
    words = _("You need not do anything: %(unit)s sees to it. Ask when the first day comes near.")
    return words % {"unit": stay.lead_unit.display_name}, ask, _("Ask for help")
