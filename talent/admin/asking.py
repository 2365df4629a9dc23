"""The yearly question to many people at once."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action

from talent.models import Person
from talent.selectors.people import MOST_SORTED, due_for_self_check
from talent.services.asking import ask_people
from wenxi_portal.core.admin.moves import Deed, NothingAsked

# How many one click asks: what an officer starts is over in a moment.
AT_ONCE = 200


class AsksPeople:
    """Mixin of the ModelAdmin of people: the button “still correct?” above the list."""

    def has_ask_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Whoever only reads asks nobody."""
        return request.user.has_perm("talent.change_person")

    @action(
        description=gettext_lazy("Yearly question"), url_path="ask-those-due", icon="fact_check", permissions=["ask"]
    )  # type: ignore[misc]
    def ask_those_due(self, request: HttpRequest) -> HttpResponse:
        """Ask those of the own people who are due, the longest on file first."""
        due = due_for_self_check().visible_to(request.user).order_by("pk")  # type: ignore[attr-defined]
        number = due[:MOST_SORTED].count()
        address = reverse("admin:talent_person_changelist")

        def ask() -> None:
            ask_people(people=due[:AT_ONCE], actor=request.user)  # type: ignore[arg-type]

        deed = Deed(
            title=_("Ask whether everything is still correct"),
            button=_("Send the questions"),
            form=NothingAsked,
            perform=ask,
            done=_("The questions are on their way."),
            explanation=_(
                "%(number)d of your people gave their consent, can be written to and were not asked for a year. "
                "One click asks %(most)d of them at most; the portal asks the others by itself."
            )
            % {"number": number, "most": AT_ONCE},
            back=address,
            then=address,
            barred=_why_not(number),
        )
        return self.deed_view(request, Person(name=_("Yearly question")), deed, permission="talent.change_person")  # type: ignore[attr-defined, no-any-return]


def _why_not(number: int) -> Any:
    if not settings.PORTAL_ADDRESS:
        return _("The address of the portal is not set (PORTAL_ADDRESS): the question would have no link.")
    return "" if number else _("None of your people is due: all were asked or confirmed within the year.")
