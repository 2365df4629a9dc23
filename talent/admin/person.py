"""People in the admin: list, page, and what is done there."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.enums import ActionVariant

from talent.admin.asking import AsksPeople
from talent.admin.entry import EntersPeople
from talent.admin.filters import (
    DatabaseFilter,
    FieldFilter,
    OfficerFilter,
    OwnerUnitFilter,
    PersonStateFilter,
    StillnessFilter,
    TownshipFilter,
    UniversityFilter,
)
from talent.admin.forms import (
    ChannelForm,
    ContactForm,
    DocumentForm,
    JoinForm,
    LeaveForm,
    MobileForm,
    PersonForm,
    RevealForm,
    WhyForm,
    contact_initial,
)
from talent.admin.lookups import FindsPeople
from talent.admin.officer import NamesOfficers
from talent.admin.parts import EducationInline, EmploymentInline
from talent.admin.shown import ShowsPeople
from talent.admin.tabs import tabs_of
from talent.enums import PersonState
from talent.models import DatabaseMembership, Education, Employment, Person
from talent.selectors.people import MOST_COUNTED, MOST_SORTED, facets_of, next_to, with_list_columns
from talent.services.contact import log_contact
from talent.services.membership import join_database, leave_database
from talent.services.network import join_channel
from talent.services.own_data import withdraw
from talent.services.person import save_person, set_document, set_mobile
from talent.services.reveal import reveal
from talent.services.self_check import ask_self_check
from wenxi_portal.core.admin.changelist import CappedPaginator
from wenxi_portal.core.admin.exports import ExportsWhatItShows
from wenxi_portal.core.admin.labels import badge
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed, NothingAsked
from wenxi_portal.core.admin.saving import SavesThroughService, add_refusal, kept_rows
from wenxi_portal.core.errors import DomainError
from wenxi_portal.organisations.selectors import units_of
from wenxi_portal.reminders.admin.why import TellsWhyReminded, only_why


@admin.register(Person)
class PersonAdmin(
    ShowsPeople, TellsWhyReminded, SavesThroughService, EntersPeople, FindsPeople, AsksPeople, NamesOfficers,
    AsksBeforeDeed, ExportsWhatItShows, PortalModelAdmin,
):  # fmt: skip
    """People: entered document first; whatever is sealed is shown masked."""

    form = PersonForm
    paginator = CappedPaginator
    most_sorted = MOST_SORTED
    parts_with_history = (Education, Employment, DatabaseMembership)
    inlines = (EducationInline, EmploymentInline)
    list_display = ("name", "shown_study", "shown_work", "native_township", "shown_mobile", "shown_unit", "shown_last")
    list_filter = (
        DatabaseFilter,
        OwnerUnitFilter,
        OfficerFilter,
        StillnessFilter,
        TownshipFilter,
        UniversityFilter,
        FieldFilter,
        PersonStateFilter,
    )
    list_before_template = "admin/talent/facets.html"
    search_fields = ("name",)
    search_help_text = _("Name, university, employer, field or township: characters, pinyin or initials in any mix")
    ordering = ("sort_key", "pk")
    readonly_fields = ("shown_document", "shown_mobile", "shown_officer")
    actions = ("name_officer_selected",)
    change_form_outer_before_template = "admin/talent/person_head.html"
    actions_list = (*FindsPeople.actions_list, "ask_those_due", *ExportsWhatItShows.actions_list, "export_studies")
    actions_detail = (
        "log_contact",
        "reveal",
        "why_reminded",
        {
            "title": _("More"),
            "icon": "more_horiz",
            "items": [
                "name_officer",
                "change_mobile",
                "change_document",
                "join",
                "leave",
                "take_part",
                "ask_whether_correct",
                "withdraw",
            ],
        },
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        """Own people with what the list shows."""
        return with_list_columns(super().get_queryset(request))

    def get_fieldsets(self, request: HttpRequest, obj: Person | None = None) -> Any:
        """Who, where from, how to reach, consent."""
        return [
            (
                _("Who it is"),
                {
                    "fields": [
                        ("name", "former_names"),
                        ("sex", "birth_date"),
                        ("shown_document", "shown_mobile"),
                        "expected_revision",
                    ]
                },
            ),
            (
                _("Home and field"),
                {"fields": ["native_township", ("owner_unit", "shown_officer"), "field_names", "note"]},
            ),
            (_("How to reach"), {"fields": [("email", "preferred_channel"), "languages"]}),
            (
                _("Consent and source"),
                {"fields": [("consent_on", "consent_purpose"), ("source", "retain_until")]},
            ),
        ]

    def has_change_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        """Only records in use are edited."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.state == PersonState.ACTIVE)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> ModelChoiceField | None:
        """Offer the units a person may enter records for."""
        if db_field.name == "owner_unit":
            kwargs["queryset"] = units_of(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_by_service(self, request: HttpRequest, form: PersonForm, formsets: Any) -> None:
        """Write the person with study and work."""
        rows = {formset.model: kept_rows(formset) for formset in formsets}
        save_person(
            person=form.instance,
            actor=request.user,  # type: ignore[arg-type]
            educations=rows.get(Education),
            employments=rows.get(Employment),
            field_names=form.cleaned_data["field_names"].replace("，", ",").replace("、", ",").split(","),
            expected_revision=form.cleaned_data["expected_revision"],
            changed=form.changed_data,
        )

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list with what it can be narrowed by."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        response = super().changelist_view(request, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data and "cl" in response.context_data:
            found = response.context_data["cl"]
            response.context_data |= {
                "facets": self._facet_links(request, _looked_at(found)),
                "most_found": self.most_found,
                "most_counted": MOST_COUNTED if found.result_count > MOST_COUNTED else 0,
                "is_capped": found.found is None and found.result_count >= CappedPaginator.cap,
            }
        return response

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add the state above the form, everything else about the person under tabs of its own."""
        person = kwargs.get("obj")
        if person is not None:
            context |= {"record_state": badge(person.badge, person.get_state_display()), **next_to(person)}
            context["moves"] = [(move, PersonState(move.to_state).label) for move in context["moves"]]
            context |= {"original": person, "latest": [self.shown_study(person), self.shown_work(person)]}
            context["datasets"] = tabs_of(request, context)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Deeds on a record in use, as far as the person may do them."""
        person = self.visible_or_404(request, unquote(str(object_id)))
        buttons = super().get_actions_detail(request, object_id)
        if person.state != PersonState.ACTIVE or not request.user.has_perm("talent.change_person"):
            return only_why(buttons)
        return buttons

    @action(description=_("Export studies"), url_path="export-studies", icon="school")
    def export_studies(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the studies of the people on the list, as a sheet that can be brought in again."""
        return self.export_rows_of(request, Education, "person")

    @action(description=_("Log a contact"), url_path="contact", icon="call", variant=ActionVariant.PRIMARY)
    def log_contact(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Keep a contact: what it mostly says stands there already."""
        person = self.visible_or_404(request, unquote(object_id))
        deed = Deed(
            title=_("Log a contact"),
            button=_("Keep the contact"),
            form=ContactForm,
            perform=partial(log_contact, person=person, actor=request.user),
            done=_("The contact is kept."),
        )
        return self.deed_view(
            request, person, deed, permission="talent.add_contact", initial=contact_initial(request.user)
        )

    @action(description=_("Reveal numbers"), url_path="reveal", icon="visibility")
    def reveal(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what is masked, once, for a reason that stays on record."""
        person = self.visible_or_404(request, unquote(object_id))
        return self.reveal_view(request, person)

    @action(description=_("Mobile number"), url_path="mobile", icon="smartphone")
    def change_mobile(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Enter another mobile number."""
        return self._ask(
            request,
            object_id,
            set_mobile,
            title=_("Change the mobile number"),
            button=_("Save"),
            form=MobileForm,
            done=_("The mobile number is changed."),
            explanation=_("The present number is not shown. Empty takes it away."),
        )

    @action(description=_("ID document"), url_path="document", icon="id_card")
    def change_document(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Enter the document, or another one."""
        person = self.visible_or_404(request, unquote(object_id))

        def put(document: Any, **_values: Any) -> Person:
            return set_document(person=person, document=document, actor=request.user)  # type: ignore[arg-type]

        deed = Deed(
            title=_("Enter the ID document"),
            button=_("Save"),
            form=DocumentForm,
            perform=put,
            done=_("The ID document is on file."),
        )
        return self.deed_view(request, person, deed, permission="talent.change_person")

    @action(description=_("Database"), url_path="join", icon="database")
    def join(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Let the person belong to one of the three databases."""
        return self._ask(
            request,
            object_id,
            join_database,
            title=_("Enter into a database"),
            button=_("Enter"),
            form=JoinForm,
            done=_("The person belongs to the database."),
        )

    @action(description=_("Leave a database"), url_path="leave", icon="database_off")
    def leave(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Let the person belong to one of the databases no more."""
        person = self.visible_or_404(request, unquote(object_id))
        memberships = person.memberships.filter(until__isnull=True)
        deed = Deed(
            title=_("Leave a database"),
            button=_("End the membership"),
            form=LeaveForm,
            perform=partial(leave_database, actor=request.user),
            done=_("The membership has ended; it stays on record."),
            barred="" if memberships.exists() else _("The person is in none of the three databases."),
        )
        return self.deed_view(request, person, deed, permission="talent.change_person", memberships=memberships)

    @action(description=_("Channel"), url_path="channel", icon="hub")
    def take_part(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Let the person take part in a channel."""
        return self._ask(
            request,
            object_id,
            join_channel,
            title=_("Take part in a channel"),
            button=_("Enter"),
            form=ChannelForm,
            done=_("The person takes part in the channel."),
        )

    @action(description=_("Still correct?"), url_path="self-check", icon="fact_check")
    def ask_whether_correct(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Send the yearly question."""
        person = self.visible_or_404(request, unquote(object_id))

        def ask() -> None:
            ask_self_check(
                person=person,
                actor=request.user,  # type: ignore[arg-type]
                link_of=lambda token: request.build_absolute_uri(reverse("talent:self_check", args=[token])),
            )

        deed = Deed(
            title=_("Ask whether everything is still correct"),
            button=_("Send the link"),
            form=NothingAsked,
            perform=ask,
            done=_("The link is on its way."),
            explanation=_("A signed link goes out; it holds for 60 days and needs no sign-in."),
        )
        return self.deed_view(request, person, deed, permission="talent.change_person")

    @action(description=_("Withdraw consent"), url_path="withdraw", icon="person_remove")
    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Erase the person's data at his or her wish."""
        return self._ask(
            request,
            object_id,
            withdraw,
            title=_("Withdraw consent"),
            button=_("Erase for good"),
            form=WhyForm,
            done=_("The data is erased."),
            explanation=_("This cannot be undone. Name, numbers, study, work and their history are erased."),
            danger=True,
        )

    def reveal_view(self, request: HttpRequest, subject: Any) -> HttpResponse:
        """Ask what for, then show the values on the answer itself: they are kept nowhere."""
        if not request.user.has_perm("talent.reveal_person"):
            raise PermissionDenied
        form = RevealForm(request.POST or None)
        shown: dict[str, str] = {}
        if request.method == "POST" and form.is_valid():
            try:
                shown = reveal(
                    subject=subject,
                    fields=form.cleaned_data["fields_shown"],
                    reason=form.cleaned_data["reason"],
                    actor=request.user,  # type: ignore[arg-type]
                )
            except DomainError as refusal:
                add_refusal(form, refusal)
        labels = dict(RevealForm.base_fields["fields_shown"].choices)  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Reveal numbers"),
            "form": form,
            "shown": [(labels[name], value or "—") for name, value in shown.items()],
            "opts": subject._meta,
            "record": subject,
            "original": subject,
            "record_url": change_url(subject),
        }
        response = TemplateResponse(request, "admin/talent/reveal.html", context)
        response["Cache-Control"] = "no-store"
        return response

    def _facet_links(self, request: HttpRequest, keys: list[int]) -> list[Any]:
        found = []
        for facet in facets_of(keys):
            links = []
            for value in facet.values:
                query = request.GET.copy()
                query.pop("p", None)
                chosen = query.get(facet.parameter) == value.key
                if chosen:
                    query.pop(facet.parameter)
                else:
                    query[facet.parameter] = value.key
                links.append((f"?{query.urlencode()}", value.label, value.count, chosen))
            found.append((facet.title, links))
        return found

    def _ask(self, request: HttpRequest, object_id: str, service: Any, **words: Any) -> HttpResponse:
        person = self.visible_or_404(request, unquote(object_id))
        deed = Deed(perform=partial(service, person=person, actor=request.user), **words)
        return self.deed_view(request, person, deed, permission="talent.change_person")


def _looked_at(shown: Any) -> list[int]:
    """Return the keys of the people at whom the counts look."""
    if shown.found is not None:
        return shown.found[:MOST_COUNTED]
    return list(shown.queryset.order_by().values_list("pk", flat=True)[:MOST_COUNTED])
