"""Naming the officer who answers for people: for one on the page, for many from the list."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import action

from talent.admin.forms import OfficerForm
from talent.enums import PersonState
from talent.models import Person
from talent.services.officer import name_officer
from wenxi_portal.core.admin.moves import Deed
from wenxi_portal.core.wording import some_of

LIST = "admin:talent_person_changelist"
PERMISSION = "talent.change_person"
# As many as stand in an address.
MOST_AT_ONCE = 200
MOST_NAMES = 20


class NamesOfficers:
    """Mixin of the ModelAdmin of people."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page for many."""
        view: Any = self.admin_site.admin_view(self.officer_view)  # type: ignore[attr-defined]
        return [path("officer/", view, name="talent_person_officer"), *super().get_urls()]  # type: ignore[misc]

    def has_name_officer_permission(self, request: HttpRequest) -> bool:
        """Whether the person may say who answers for people."""
        return request.user.has_perm(PERMISSION)  # type: ignore[union-attr]

    @action(description=gettext_lazy("Responsible officer"), url_path="officer", icon="person_pin")
    def name_officer(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say who answers for the person."""
        person = self.visible_or_404(request, unquote(object_id))  # type: ignore[attr-defined]
        return self._ask_officer(request, [person], back="")

    @action(description=gettext_lazy("Name the responsible officer"), permissions=["name_officer"])
    def name_officer_selected(self, request: HttpRequest, queryset: QuerySet[Person]) -> HttpResponseRedirect:
        """Ask who answers for the chosen people."""
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if len(keys) > MOST_AT_ONCE:
            told = _("At most %(most)d people at once: the first are chosen. Repeat it for the others.")
            messages.warning(request, told % {"most": MOST_AT_ONCE})
        chosen = ",".join(str(key) for key in keys[:MOST_AT_ONCE])
        return HttpResponseRedirect(f"{reverse('admin:talent_person_officer')}?people={chosen}")

    def officer_view(self, request: HttpRequest) -> HttpResponse:
        """Say who answers for the people whose numbers stand in the address."""
        keys = [key for key in request.GET.get("people", "").split(",") if key.isdecimal() and len(key) < 19]
        own = Person.objects.visible_to(request.user).filter(state=PersonState.ACTIVE)  # type: ignore[arg-type]
        people = list(own.filter(pk__in=keys[:MOST_AT_ONCE]).defer("search_vector").order_by("sort_key", "pk"))
        if not people:
            return HttpResponseRedirect(reverse(LIST))
        return self._ask_officer(request, people, back=reverse(LIST))

    def _ask_officer(self, request: HttpRequest, people: list[Person], *, back: str) -> HttpResponse:
        def name(officer: Any) -> None:
            name_officer(people=[person.pk for person in people], officer=officer, actor=request.user)  # type: ignore[arg-type]

        number = len(people)
        names = some_of(people, MOST_NAMES)
        counted = ngettext("%(number)d person: %(names)s", "%(number)d people: %(names)s", number)
        deed = Deed(
            title=_("Name the responsible officer"),
            button=_("Save"),
            form=OfficerForm,
            perform=name,
            done=_("The responsible officer is on file."),
            explanation=counted % {"number": number, "names": names},
            back=back,
            then=back,
        )
        record = people[0] if number == 1 else Person(name=_("Responsible officer"))
        initial = {"officer": people[0].officer_id if len({person.officer_id for person in people}) == 1 else None}
        return self.deed_view(request, record, deed, permission=PERMISSION, initial=initial)  # type: ignore[attr-defined, no-any-return]
