"""The queue of self-registrations."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from talent.admin.filters import RegistrationStateFilter
from talent.admin.forms import AcceptForm, WhyForm
from talent.enums import RegistrationState
from talent.models import Person, Registration
from talent.selectors.duplicates import possible_duplicates
from talent.services.registration import accept_registration, refuse_registration
from wenxi_portal.core.admin.labels import badge
from wenxi_portal.core.admin.links import change_link
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed
from wenxi_portal.core.facet_values import row_id
from wenxi_portal.organisations.selectors import units_of
from wenxi_portal.reminders.admin.why import TellsWhyReminded, only_why


@admin.register(Registration)
class RegistrationAdmin(TellsWhyReminded, AsksBeforeDeed, PortalModelAdmin):
    """What natives wrote about themselves: accepted as a new person, added to one on file, or refused."""

    list_display = (
        "name",
        "shown_state",
        "shown_contact",
        "township",
        "university_name",
        "employer_name",
        "submitted_at",
    )
    list_filter = (RegistrationStateFilter,)
    search_fields = ("name", "university_name", "employer_name")
    ordering = ("submitted_at", "pk")
    actions_detail = ("accept", "refuse", "why_reminded")
    change_form_outer_after_template = "admin/talent/registration_parts.html"
    fields = (
        ("name", "shown_state"),
        ("sex", "birth_date"),
        ("shown_id", "shown_contact"),
        ("township", "preferred_channel"),
        ("university_name", "level"),
        ("major", "graduates_on"),
        ("employer_name", "post"),
        "offer",
        "shown_person",
        "consent_text",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Registrations come from the public form."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What somebody wrote stays as it was written."""
        return False

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add the records on file that look alike."""
        registration = kwargs.get("obj")
        if registration is not None and registration.state == RegistrationState.SUBMITTED:
            context |= {"hits": self._hits(request, registration), "may_decide": self._may_decide(request)}
        return super().render_change_form(request, context, *args, **kwargs)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Decided once."""
        registration = self.visible_or_404(request, unquote(str(object_id)))
        buttons = super().get_actions_detail(request, object_id)
        if registration.state != RegistrationState.SUBMITTED or not self._may_decide(request):
            return only_why(buttons)
        return buttons

    @action(description=gettext_lazy("Accept"), url_path="accept", icon="how_to_reg", variant=ActionVariant.PRIMARY)
    def accept(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Make a person of it, or add it to the one named in the address."""
        registration = self.visible_or_404(request, unquote(object_id))
        key = row_id(request.GET.get("person", ""))
        person = Person.objects.active().visible_to(request.user).filter(pk=key or 0).first()
        deed = Deed(
            title=_("Accept the registration"),
            button=_("Add to “%(name)s”") % {"name": person.name} if person else _("Enter as a person"),
            form=AcceptForm,
            perform=partial(accept_registration, registration=registration, person=person, actor=request.user),
            done=_("The registration is accepted."),
            explanation=_("An ID number on file always leads to its person."),
        )
        units = units_of(request.user)
        return self.deed_view(request, registration, deed, permission="talent.decide_registration", units=units)

    @action(description=gettext_lazy("Refuse"), url_path="refuse", icon="block")
    def refuse(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Close it with a reason."""
        registration = self.visible_or_404(request, unquote(object_id))
        deed = Deed(
            title=_("Refuse the registration"),
            button=_("Refuse"),
            form=WhyForm,
            perform=partial(refuse_registration, registration=registration, actor=request.user),
            done=_("The registration is closed."),
            danger=True,
        )
        return self.deed_view(request, registration, deed, permission="talent.decide_registration")

    @display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, registration: Registration) -> SafeString:
        """The state as colour, icon and word."""
        return badge(registration.badge, registration.get_state_display())

    @display(description=gettext_lazy("ID number"))
    def shown_id(self, registration: Registration) -> str:
        """The ID number, masked."""
        return registration.masked_id or "—"

    @display(description=gettext_lazy("mobile or e-mail"), empty_value="—")
    def shown_contact(self, registration: Registration) -> str | None:
        """The way of contact, masked."""
        return registration.masked_contact or None

    @display(description=gettext_lazy("person"))
    def shown_person(self, registration: Registration) -> SafeString | str:
        """The person it became part of."""
        return change_link(registration.person) if registration.person else "—"

    def _hits(self, request: HttpRequest, registration: Registration) -> list[Any]:
        return possible_duplicates(
            user=request.user,
            name=registration.name,
            birth_date=registration.birth_date,
            mobile=registration.mobile,
            university_name=registration.university_name,
        )

    def _may_decide(self, request: HttpRequest) -> bool:
        return request.user.has_perm("talent.decide_registration")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Registration]:
        """Confirmed registrations the person may decide on."""
        return super().get_queryset(request).select_related("person")
