"""Logging a contact from anywhere: find the person, open the form."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from talent.models import Person
from talent.selectors.latest import latest_study, latest_work
from talent.selectors.picking import people_to_pick, whose_turn_it_is

LONGEST_TEXT = 80


class LogsFromAnywhere:
    """Mixin of the ModelAdmin of contacts: the page behind the button that stands on every page of the admin.

    With scripts the button opens a window over the page, and only ``_log_results.html`` is fetched for it.
    """

    def get_urls(self) -> list[Any]:
        """Add the page."""
        page = self.admin_site.admin_view(self.log_view)  # type: ignore[attr-defined]
        return [path("log/", page, name="talent_contact_log"), *super().get_urls()]  # type: ignore[misc]

    def log_view(self, request: HttpRequest) -> HttpResponse:
        """Offer the people found, or those whose turn it is; each leads to the form."""
        user: Any = request.user
        if not user.has_perms(["talent.add_contact", "talent.view_person"]):
            raise PermissionDenied
        text = request.GET.get("q", "").strip()[:LONGEST_TEXT]
        people = people_to_pick(user, text) if text else whose_turn_it_is(user)
        context = {
            "title": _("Log a contact"),
            "text": text,
            "found": [(person, _facts(person)) for person in people],
        }
        if request.GET.get("part"):
            return TemplateResponse(request, "admin/talent/_log_results.html", context)
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        frame = {**self.admin_site.each_context(request), "opts": self.opts}  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/talent/log.html", frame | context)


def _facts(person: Person) -> str:
    """Return what tells people of one name apart, without a number."""
    told = (latest_study(person), latest_work(person), person.native_township)
    return " · ".join(str(fact) for fact in told if fact)
