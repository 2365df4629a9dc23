"""Schemes on the desk."""

from django.contrib import admin
from django.http import HttpRequest

from internships.subsidies.models import Scheme
from wenxi_portal.core.admin.model_admin import PortalModelAdmin


@admin.register(Scheme)
class SchemeAdmin(PortalModelAdmin):
    """What the county pays for, under which name. Its code and kind stay."""

    list_display = ("name", "name_en", "kind", "code", "order")
    ordering = ("order", "pk")
    fields = (("name", "name_en"), ("kind", "code"), "order")

    def get_readonly_fields(self, request: HttpRequest, obj: Scheme | None = None) -> tuple[str, ...]:
        """Claims name them."""
        return ("kind", "code") if obj is not None else ()
