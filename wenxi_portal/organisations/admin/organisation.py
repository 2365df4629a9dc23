"""Universities, lead units, hosts and visiting sites in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.core.admin.exports import ExportsWhatItShows
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.saving import SavesThroughService, ServiceForm
from wenxi_portal.organisations.admin.filters import HostKindFilter, KindFilter
from wenxi_portal.organisations.admin.inlines import MembershipInline
from wenxi_portal.organisations.enums import OrganisationKind
from wenxi_portal.organisations.models import Membership, Organisation
from wenxi_portal.organisations.services.membership import save_membership
from wenxi_portal.organisations.services.organisation import save_organisation


class OrganisationForm(ServiceForm):
    """An organisation; its codes are checked by the model."""

    class Meta:
        model = Organisation
        fields = "__all__"

    def clean_credit_code(self) -> str | None:
        """An empty code is no code."""
        return self.cleaned_data["credit_code"] or None

    def clean_school_code(self) -> str | None:
        """An empty code is no code."""
        return self.cleaned_data["school_code"] or None


@admin.register(Organisation)
class OrganisationAdmin(SavesThroughService, ExportsWhatItShows, PortalModelAdmin):
    """Organisations by kind; only the service writes them."""

    form = OrganisationForm
    list_display = ("name", "kind", "host_kind", "province", "city", "school_code", "credit_code", "is_public")
    list_filter = (KindFilter, HostKindFilter)
    inlines = (MembershipInline,)
    parts_with_history = (Membership,)
    search_fields = ("name",)
    search_help_text = _("Characters, pinyin or initials")
    ordering = ("sort_key", "pk")

    def get_fieldsets(self, request: HttpRequest, obj: Organisation | None = None) -> Any:
        """Name, codes, place, what the public reads."""
        return [
            (
                _("The organisation"),
                {
                    "fields": [
                        "name",
                        ("short_name", "name_en"),
                        "name_note",
                        ("kind", "host_kind"),
                        "expected_revision",
                    ]
                },
            ),
            (_("Codes"), {"fields": [("credit_code", "school_code"), "double_first_class"]}),
            (_("Where it is"), {"fields": [("province", "city"), "address", ("latitude", "longitude")]}),
            (_("What the public reads"), {"fields": ["introduction", "website", "is_public"]}),
            (pgettext_lazy("fieldset", "Source"), {"fields": ["source"]}),
            (_("In English"), {"classes": ["collapse"], "fields": ["introduction_en", "name_note_en"]}),
        ]

    def get_choices(self, request: HttpRequest) -> QuerySet[Organisation]:
        """Organisations that anybody may know of, and the person's own."""
        own = Organisation.objects.visible_to(request.user).values("pk")
        return Organisation.objects.filter(Q(is_public=True) | Q(pk__in=own))

    def view_on_site(self, obj: Organisation) -> str | None:  # type: ignore[override]
        """The public page: only public universities have one."""
        if obj.kind == OrganisationKind.UNIVERSITY and obj.is_public:
            return obj.get_absolute_url()
        return None

    def save_by_service(self, request: HttpRequest, form: OrganisationForm, formsets: Any) -> None:
        """Write the organisation, then who belongs to it, and record who did."""
        is_new = form.instance.pk is None
        save_organisation(organisation=form.instance, expected_revision=form.cleaned_data["expected_revision"])
        verb = "created" if is_new else "changed"
        self.admin_site.record_deed(request, verb, form.instance, fields=sorted(form.changed_data))  # type: ignore[attr-defined]
        for formset in formsets:
            for membership in formset.save(commit=False):
                save_membership(membership=membership)
            for membership in formset.new_objects:
                self.admin_site.record_deed(request, "created", membership)  # type: ignore[attr-defined]
            for membership, fields in formset.changed_objects:
                self.admin_site.record_deed(request, "changed", membership, fields=sorted(fields))  # type: ignore[attr-defined]
