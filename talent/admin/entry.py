"""Entering a person: document first, with a warning about look-alikes while typing."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from talent.admin.forms import EntryForm
from talent.documents import IdentityDocument, read_document
from talent.enums import TalentDatabase
from talent.models import Person
from talent.selectors.duplicates import Hit, possible_duplicates
from talent.services.duplicate import mark_not_duplicate
from talent.services.membership import join_database
from talent.services.person import clean_name, enter_person, find_by_document
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.validators import normalise_digits
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW
from wenxi_portal.organisations.selectors import has_unit, units_of

_OF_PERSON = (
    "name",
    "sex",
    "birth_date",
    "mobile",
    "email",
    "native_township",
    "no_id_reason",
    "owner_unit",
    "preferred_channel",
    "consent_on",
    "consent_purpose",
    "source",
)


class EntersPeople:
    """Mixin of the ModelAdmin of people: the form for a new person and the check behind it."""

    def get_urls(self) -> list[Any]:
        """Add the check."""
        view = self.admin_site.admin_view(require_POST(self.check_view))  # type: ignore[attr-defined]
        return [path("check/", view, name="talent_person_check"), *super().get_urls()]  # type: ignore[misc]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """An officer without a unit has nowhere to put a person."""
        if not super().has_add_permission(request):  # type: ignore[misc]
            return False
        return request.user.has_perm(SEE_EVERY_ROW) or has_unit(request.user)  # type: ignore[union-attr]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask for the document and what else is known; keep the person."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        unit_required = not request.user.has_perm(SEE_EVERY_ROW)  # type: ignore[union-attr]
        form = EntryForm(request.POST or None, units=units_of(request.user), unit_required=unit_required)
        hits: list[Hit] = []
        same = None
        if request.method == "POST" and form.is_valid():
            hits = self._hits(request, form.cleaned_data)
            if not hits or request.POST.get("different"):
                try:
                    person = self._enter(request, form.cleaned_data, hits)
                except (DomainError, ValidationError) as refusal:
                    add_refusal(form, refusal)
                    same = self._same(request, form.cleaned_data["document"])
                else:
                    messages.success(request, _("“%(name)s” is on file.") % {"name": person.name})
                    return HttpResponseRedirect(change_url(person))
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("Enter a person"),
            "form": form,
            "media": self.media + form.media,  # type: ignore[attr-defined]
            "hits": hits,
            "same": same,
            "universities": Organisation.objects.universities().public().in_name_order()[:500],
            "check_url": reverse("admin:talent_person_check"),
            "opts": self.opts,  # type: ignore[attr-defined]
            "has_view_permission": True,
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/talent/entry.html", context)

    def check_view(self, request: HttpRequest) -> HttpResponse:
        """Answer with the records that look like what has been typed so far. Sent by POST: no number in an address."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        typed, problem = self._typed(request), ""
        try:
            document = read_document(request.POST.get("document_kind", ""), typed["id"]) if typed["id"] else None
        except ValidationError as error:
            document, problem = None, error.messages[0]
        same = self._same(request, document) if document else None
        born = document.birth_date if document and document.birth_date else typed["birth_date"]
        hits = self._hits(request, typed | {"birth_date": born})
        context = {"same": same, "hits": hits, "problem": problem, "document": document}
        return render(request, "admin/talent/_likeness.html", context)

    def _typed(self, request: HttpRequest) -> dict[str, Any]:
        def text(name: str) -> str:
            return request.POST.get(name, "").strip()[:120]

        born: date | None = None
        try:
            born = parse_date(text("birth_date"))
        except ValueError:
            born = None
        mobile = normalise_digits(text("mobile"))
        return {
            "id": text("id_number"),
            "name": text("name"),
            "birth_date": born,
            "mobile": mobile if len(mobile) == 11 else "",
            "university_name": text("university_name"),
        }

    def _hits(self, request: HttpRequest, values: dict[str, Any]) -> list[Hit]:
        return possible_duplicates(
            user=request.user,
            name=clean_name(values.get("name") or ""),
            birth_date=values.get("birth_date"),
            mobile=values.get("mobile") or "",
            university_name=values.get("university_name") or "",
        )

    def _same(self, request: HttpRequest, document: IdentityDocument | None) -> Any:
        person = find_by_document(document) if document else None
        if person is None:
            return None
        visible = Person.objects.visible_to(request.user).filter(pk=person.pk).exists()
        return {"person": person if visible else None}

    @transaction.atomic
    def _enter(self, request: HttpRequest, values: dict[str, Any], others: list[Hit]) -> Person:
        actor: Any = request.user
        study = {name: values[name] for name in ("university_name", "level", "major")}
        if study["university_name"]:
            study["university"] = Organisation.objects.universities().filter(name=study["university_name"]).first()
        work = {name: values[name] for name in ("employer_name", "post")}
        person = enter_person(
            person=Person(**{name: values[name] for name in _OF_PERSON if values[name] not in {None, ""}}),
            document=values["document"],
            actor=actor,
            educations=[study] if study["university_name"] else [],
            employments=[work] if work["employer_name"] else [],
            field_names=values["field_names"].replace("，", ",").replace("、", ",").split(","),
        )
        if values["database"]:
            join_database(person=person, database=TalentDatabase(values["database"]), reason=_("entered"), actor=actor)
        # What was answered here is not asked again in the queue. Whoever may not decide there leaves the pair to it.
        for other in others if actor.has_perm("talent.merge_person") else []:
            if other.visible:
                mark_not_duplicate(first=other.person, second=person, actor=actor, reason=_("said on entering"))
        return person
