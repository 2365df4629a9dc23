"""Whether a student can apply for a position, told before the form: every reason, and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bases.enums import BaseState
from internships.enums import (
    ACTIVE_STATES,
    STAYS_THAT_COUNT,
    ApplicationState,
    Discipline,
    PositionState,
    StudentPaperKind,
)
from internships.models import Application, Position, Student
from internships.querysets import silent_since
from internships.selectors.ages import age_on
from talent.enums import StudyLevel
from wenxi_portal.core.wording import word_list


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one cannot apply, or (``blocks`` False) what one should know before. ``url`` leads to what helps."""

    code: str
    sentence: str
    advice: str = ""
    url: str = ""
    blocks: bool = True


def eligibility(position: Position, student: Student | None, *, application: Application | None = None) -> list[Reason]:
    """Return every reason against an application of ``student`` for ``position``, blocking ones first.

    ``application`` is the one that is being written: it does not stand in its own way. None as student means an
    account without a profile. At most four queries.
    """
    found = list(_of_position(position))
    if student is None:
        found.append(_no_profile())
    else:
        found += [*_of_student(position, student), *_of_others(position, student, application)]
    return sorted(found, key=lambda reason: not reason.blocks)


def blocking(reasons: list[Reason]) -> list[Reason]:
    """Return those that refuse the application."""
    return [reason for reason in reasons if reason.blocks]


def enrolment_is_proved(student: Student) -> bool:
    """Tell whether the check code of the student register is valid today, or a proof on paper is on file."""
    until = student.enrolment_code_until
    if student.enrolment_code and (until is None or until >= timezone.localdate()):
        return True
    return student.papers.current().filter(kind=StudentPaperKind.ENROLMENT).exists()


def has_stay_between(student: Student, position: Position) -> bool:
    """Tell whether the student is, or is promised to be, elsewhere in the time of ``position``."""
    stays = student.placements.filter(
        state__in=STAYS_THAT_COUNT, starts_on__lte=position.ends_on, ends_on__gte=position.starts_on
    )
    promised = student.applications.filter(
        state=ApplicationState.ACCEPTED,
        position__starts_on__lte=position.ends_on,
        position__ends_on__gte=position.starts_on,
    ).exclude(position=position)
    return bool(stays.exists() or promised.exists())


def _no_profile() -> Reason:
    return Reason(
        "profile",
        _("Your profile is not filled in yet."),
        _("Fill it in once, in about three minutes; after that every application is quick."),
        reverse("my_internships:profile"),
    )


def _of_position(position: Position) -> Iterator[Reason]:
    today = timezone.localdate()
    elsewhere = _("Look at the other open positions.")
    base_rests = position.base is not None and position.base.state != BaseState.UNVEILED
    if position.state != PositionState.PUBLISHED or base_rests or not position.host.is_public:
        yield Reason("closed", _("This position is closed."), elsewhere)
    elif position.apply_until < today or position.ends_on < today:
        day = date_format(position.apply_until, "DATE_FORMAT")
        yield Reason("day_passed", _("The last day to apply was %(day)s.") % {"day": day}, elsewhere)
    elif position.reconfirmed_on is None or position.reconfirmed_on <= silent_since():
        yield Reason("silent", _("The host has not confirmed this position for a while, so it rests."), elsewhere)
    if position.seats_taken >= position.seats:
        yield Reason("no_seats", _("All seats of this position are taken."), elsewhere)


def _of_student(position: Position, student: Student) -> Iterator[Reason]:
    if position.levels and student.level not in position.levels:
        levels = word_list(StudyLevel(level).label for level in position.levels)
        yield Reason(
            "level",
            _("The host looks for: %(levels)s. Your profile says: %(own)s.")
            % {"levels": levels, "own": student.get_level_display()},
            _("Is the level in your profile out of date? Correct it there."),
            reverse("my_internships:profile_step", args=["study"]),
        )
    if position.disciplines and student.discipline and student.discipline not in position.disciplines:
        wanted = word_list(Discipline(each).label for each in position.disciplines)
        yield Reason(
            "discipline",
            _("The host would like students of: %(fields)s.") % {"fields": wanted},
            _("You may apply all the same. Say in your letter why you fit."),
            blocks=False,
        )
    yield from _of_age(position, student)
    if not enrolment_is_proved(student):
        yield Reason(
            "enrolment",
            _("Your proof of enrolment is missing or out of date."),
            _("Enter the check code of the student register, or upload the paper."),
            reverse("my_internships:profile_step", args=["proof"]),
        )


def _of_age(position: Position, student: Student) -> Iterator[Reason]:
    age = age_on(student.birth_date, position.starts_on)
    if age < settings.YOUNGEST_INTERN:
        yield Reason(
            "too_young",
            _("On the first day you would be younger than %(age)d.") % {"age": settings.YOUNGEST_INTERN},
            _("Choose a position that begins later."),
        )
    elif age < settings.ADULT:
        yield Reason(
            "guardian",
            _("You are under %(age)d: your guardian's consent is needed before you begin.") % {"age": settings.ADULT},
            _("You may apply now and upload the consent among your papers."),
            reverse("my_internships:papers"),
            blocks=False,
        )


def _of_others(position: Position, student: Student, application: Application | None) -> Iterator[Reason]:
    if has_stay_between(student, position):
        yield Reason(
            "overlap",
            _("You have another stay in that time. Nobody is in two places at once."),
            _("Choose a position at another time, or withdraw the other one first."),
            reverse("my_internships:home"),
        )
    others = list(
        student.applications.filter(state__in=[*ACTIVE_STATES, ApplicationState.PLACED])
        .exclude(pk=application.pk if application and application.pk else 0)
        .values_list("pk", "position_id", "state")
    )
    present = next((pk for pk, of_position, _state in others if of_position == position.pk), None)
    if present:
        yield Reason(
            "exists",
            _("You have an application for this position already."),
            _("Open it to see where it stands."),
            reverse("my_internships:application", args=[present]),
        )
    under_way = [pk for pk, _position, state in others if state != ApplicationState.PLACED]
    if len(under_way) >= settings.APPLICATIONS_AT_ONCE:
        yield Reason(
            "too_many",
            _("You have %(number)d applications under way; more are not possible at once.")
            % {"number": len(under_way)},
            _("Withdraw one of them, or wait for an answer."),
            reverse("my_internships:home"),
        )
