"""Certificates in the admin: the register of what was issued and revoked. They are issued on the page of the stay."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from internships.models import Certificate
from wenxi_portal.core.admin.labels import label
from wenxi_portal.core.admin.links import change_link
from wenxi_portal.core.admin.model_admin import PortalModelAdmin


@admin.register(Certificate)
class CertificateAdmin(PortalModelAdmin):
    """Written once; what is wrong is revoked."""

    list_display = ("number", "shown_stay", "issued_on", "issued_by", "shown_validity")
    list_select_related = ("placement__student", "placement__host", "issued_by")
    search_fields = ("number", "placement__student__name")
    fields = ("number", "shown_stay", "issued_on", "issued_by", "shown_validity", "revoked_on", "revocation_reason")
    readonly_fields = fields
    view_on_site = True

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by number or student."""
        return super(PortalModelAdmin, self).get_search_results(request, queryset, search_term)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Issued on the page of the stay."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    @display(description=gettext_lazy("stay"))
    def shown_stay(self, certificate: Certificate) -> SafeString:
        """The stay."""
        return change_link(certificate.placement)

    @display(description=gettext_lazy("validity"), ordering="revoked_on")
    def shown_validity(self, certificate: Certificate) -> SafeString:
        """Valid or revoked."""
        if certificate.revoked_on:
            return label("danger", "block", _("revoked"))
        return label("success", "verified", _("valid"))
