"""What is told of stays. Names of students stay out of subjects; hosts are public."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from internships.enums import PlacementState
from wenxi_portal.notifications.kinds import MessageKind, Params, declare

# Which page of a stay each of its parties opens.
_STAY_DOORS = {
    "student": "my_internships:stay",
    "host": "host_desk:intern",
    "officer": "admin:internships_placement_change",
}


def _stay_url(params: Params) -> str:
    door = _STAY_DOORS.get(params["door"])
    return reverse(door, args=[params["stay"]]) if door else reverse("university_desk:students")


def _day(params: Params, name: str = "day") -> str:
    return date_format(date.fromisoformat(params[name]), "DATE_FORMAT")


def _month(params: Params) -> str:
    """Return the month as the reader writes it; it is kept as 2026-11."""
    month = params.get("month")
    return date_format(date.fromisoformat(f"{month}-01"), "YEAR_MONTH_FORMAT") if month else ""


def _about_stay(name: str, label: Promise, subject: Promise, body: Promise) -> None:
    """Declare a message about a stay; the words may name the host, the day, the last day, the month and the state."""

    def words(text: Promise, params: Params) -> str:
        known = {
            "host": params["host"],
            "day": _day(params) if "day" in params else "",
            "until": _day(params, "until") if "until" in params else "",
            "month": _month(params),
            "state": PlacementState(params["state"]).label if "state" in params else "",
        }
        return str(text) % known

    declare(
        MessageKind(
            name=name,
            label=label,
            subject=lambda params: words(subject, params),
            body=lambda params: words(body, params),
            url=_stay_url,
        )
    )


_about_stay(
    "stay_planned",
    gettext_lazy("Stay planned"),
    gettext_lazy("Your stay at %(host)s is being prepared"),
    gettext_lazy("It begins on %(day)s. Your page shows what is still missing and who sees to it."),
)
_about_stay(
    "stay_planned_host",
    gettext_lazy("Intern planned"),
    gettext_lazy("An intern comes on %(day)s"),
    gettext_lazy("The stay is being prepared. Your page shows who comes and what is still missing."),
)
_about_stay(
    "stay_not_ready",
    gettext_lazy("Stay no longer ready"),
    gettext_lazy("A stay at %(host)s is no longer ready"),
    gettext_lazy("Something it needs has fallen away. The page of the stay says what to do."),
)
_about_stay(
    "stay_days",
    gettext_lazy("Days of a stay changed"),
    gettext_lazy("New days of the stay at %(host)s"),
    gettext_lazy("It now lasts from %(day)s to %(until)s."),
)
_about_stay(
    "stay_started",
    gettext_lazy("Stay begun"),
    gettext_lazy("You are on post at %(host)s"),
    gettext_lazy("Your page shows attendance, notes and whom to ask for help."),
)
_about_stay(
    "stay_course",
    gettext_lazy("Stay interrupted or resumed"),
    gettext_lazy("A stay at %(host)s is now: %(state)s"),
    gettext_lazy("The attendance sheet follows by itself."),
)
_about_stay(
    "stay_cancelled",
    gettext_lazy("Stay cancelled"),
    gettext_lazy("The stay at %(host)s is cancelled"),
    gettext_lazy("The page says why. The seat is free again."),
)
_about_stay(
    "stay_over",
    gettext_lazy("Stay over"),
    gettext_lazy("Your stay at %(host)s is over"),
    gettext_lazy("Tell us how it was. The certificate follows when attendance and appraisal are there."),
)
_about_stay(
    "stay_over_host",
    gettext_lazy("Intern has left"),
    gettext_lazy("A stay is over: the appraisal is due"),
    gettext_lazy("Confirm the last attendance sheet and give the appraisal."),
)
_about_stay(
    "agreement_to_confirm",
    gettext_lazy("Agreement to confirm"),
    gettext_lazy("The three-party agreement with %(host)s waits for you"),
    gettext_lazy("Read it, then confirm it online or sign it on paper."),
)
_about_stay(
    "agreement_complete",
    gettext_lazy("Agreement complete"),
    gettext_lazy("All three parties have agreed to a stay at %(host)s"),
    gettext_lazy("Look whether anything else is missing."),
)
_about_stay(
    "attendance_confirmed",
    gettext_lazy("Attendance confirmed"),
    gettext_lazy("Your attendance of %(month)s is confirmed"),
    gettext_lazy("Look at it. If a day is wrong, say so on the page."),
)
_about_stay(
    "objection_raised",
    gettext_lazy("Objection to attendance"),
    gettext_lazy("An objection to the attendance of %(month)s"),
    gettext_lazy("Answer it: correct the sheet, or say why it stands."),
)
_about_stay(
    "objection_answered",
    gettext_lazy("Objection answered"),
    gettext_lazy("Your objection to the attendance of %(month)s is answered"),
    gettext_lazy("The answer stands on the page."),
)
_about_stay(
    "note_replied",
    gettext_lazy("Reply to a weekly note"),
    gettext_lazy("%(host)s has replied to your weekly note"),
    gettext_lazy("Only you, the host and the officer see it."),
)
_about_stay(
    "appraisal_given",
    gettext_lazy("Appraisal given"),
    gettext_lazy("%(host)s has given its appraisal"),
    gettext_lazy("You find it on the page of your stay."),
)
_about_stay(
    "certificate_issued",
    gettext_lazy("Certificate ready"),
    gettext_lazy("Your certificate is ready"),
    gettext_lazy("Download it from the page of your stay. Whoever reads it can verify it by its code."),
)
_about_stay(
    "certificate_revoked",
    gettext_lazy("Certificate revoked"),
    gettext_lazy("A certificate was revoked"),
    gettext_lazy("The page of your stay says why. Ask the office about a new one."),
)
