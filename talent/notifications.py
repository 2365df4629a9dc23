"""What the talent room tells beside its reminders."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wenxi_portal.notifications.kinds import MessageKind, Params, area, declare

area(
    gettext_lazy("Talents and follow-ups"), "talent.notifications", "talent.reminders.people", "talent.reminders.papers"
)


def _subject(params: Params) -> str:
    number = sum(params["found"].values())
    words = ngettext(
        "%(number)d open matter of the talent room belongs to nobody",
        "%(number)d open matters of the talent room belong to nobody",
        number,
    )
    return words % {"number": number}


declare(
    MessageKind(
        name="impossible_rows",
        label=gettext_lazy("Matters that belong to nobody"),
        subject=_subject,
        body=lambda _params: _("What an officer who left had open must go to somebody else. The first page lists it."),
        url=lambda _params: reverse("admin:index"),
        for_staff=True,
    )
)
