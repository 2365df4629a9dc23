"""What has to be there before a stay begins, each with the reason and with what to do."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from internships.enums import AgreementParty, StudentPaperKind
from internships.models import Placement, StayAgreement
from internships.selectors.coverage import age_on, gaps_of
from wenxi_portal.core.money import money
from wenxi_portal.core.wording import word_list


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement. ``reason`` says how it stands, ``to_do`` what helps (empty when it is met)."""

    name: str
    label: str
    met: bool
    reason: str
    to_do: str = ""


def readiness(stay: Placement) -> list[Requirement]:
    """Return every requirement of ``stay``, met or not, in the order in which one sees to them."""
    wanted = [_age(stay), _enrolment(stay), _agreement(stay), _insurance(stay)]
    if age_on(stay.student.birth_date, stay.starts_on) < settings.ADULT:
        wanted.append(_guardian(stay))
    return wanted


def unmet(stay: Placement) -> list[Requirement]:
    """Return the requirements that are not met."""
    return [one for one in readiness(stay) if not one.met]


def present_agreement(stay: Placement) -> StayAgreement | None:
    """Return the newest version of the agreement, if there is one."""
    return max(stay.agreements.all(), key=lambda one: one.version, default=None)


def missing_parties(agreement: StayAgreement) -> list[AgreementParty]:
    """Return who has not agreed yet."""
    agreed = {signature.party for signature in agreement.signatures.all()}
    return [party for party in AgreementParty if party.value not in agreed]


def speaks_of_present_days(stay: Placement, agreement: StayAgreement) -> bool:
    """Tell whether the paper covers the days of the stay as they are now."""
    return agreement.starts_on <= stay.starts_on and agreement.ends_on >= stay.ends_on


def _age(stay: Placement) -> Requirement:
    age = age_on(stay.student.birth_date, stay.starts_on)
    met = age >= settings.YOUNGEST_INTERN
    words = _("%(age)d years old on the first day") % {"age": age}
    to_do = _("Nobody under %(least)d begins a stay. Cancel it.") % {"least": settings.YOUNGEST_INTERN}
    return Requirement("age", _("Age"), met, words, "" if met else to_do)


def _enrolment(stay: Placement) -> Requirement:
    checked = stay.student.enrolment_checked_on
    if checked:
        return Requirement(
            "enrolment",
            _("Enrolment"),
            True,
            _("Checked on %(day)s") % {"day": _day(checked)},
        )
    return Requirement(
        "enrolment",
        _("Enrolment"),
        False,
        _("Not checked yet"),
        _("Check the code of the student register or the paper."),
    )


def _agreement(stay: Placement) -> Requirement:
    label = _("Three-party agreement")
    agreement = present_agreement(stay)
    if agreement is None:
        return Requirement("agreement", label, False, _("Not generated yet"), _("Generate it and have it signed."))
    if not speaks_of_present_days(stay, agreement):
        return Requirement(
            "agreement", label, False, _("It speaks of other days"), _("Generate a new version for the present days.")
        )
    missing = missing_parties(agreement)
    if missing:
        names = word_list(str(party.label) for party in missing)
        return Requirement(
            "agreement",
            label,
            False,
            _("Not agreed yet: %(parties)s") % {"parties": names},
            _("Upload the stamped scan, or send the link to confirm."),
        )
    return Requirement("agreement", label, True, _("All three parties have agreed"))


def _insurance(stay: Placement) -> Requirement:
    label = _("Accident insurance")
    gaps = gaps_of(stay)
    if not gaps:
        return Requirement("insurance", label, True, _("Every day is covered"))
    listed = word_list(f"{_day(first)}–{_day(last)}" for first, last in gaps)
    return Requirement(
        "insurance",
        label,
        False,
        _("Not covered: %(days)s") % {"days": listed},
        _("Enter an insurance of at least %(sum)s for these days.") % {"sum": money(settings.INSURANCE_SUM)},
    )


def _guardian(stay: Placement) -> Requirement:
    label = _("Guardian's consent")
    papers = stay.student.papers.filter(kind=StudentPaperKind.GUARDIAN, replaced_by__isnull=True)
    if any(paper.valid_until is None or paper.valid_until >= stay.starts_on for paper in papers):
        return Requirement("guardian", label, True, _("On file"))
    return Requirement(
        "guardian",
        label,
        False,
        _("The student is under %(age)d on the first day") % {"age": settings.ADULT},
        _("Upload the consent signed by the guardian."),
    )


def _day(day: object) -> str:
    return date_format(day, "DATE_FORMAT")  # type: ignore[arg-type]
