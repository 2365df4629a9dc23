"""The twelve kinds in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from bases.models import BaseKind
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.organisations.models import Organisation


@admin.register(BaseKind)
class BaseKindAdmin(PortalModelAdmin):
    """The official list: names and numbers stand, the lead unit and the descriptions are the county's."""

    list_display = ("number", "name", "lead_unit", "lead_unit_inferred", "bases_on_file")
    list_display_links = ("number", "name")
    list_select_related = ("lead_unit",)
    readonly_fields = ("number", "name")
    fields = ("number", "name", "name_en", ("lead_unit", "lead_unit_inferred"), "description", "description_en")

    def get_queryset(self, request: HttpRequest) -> QuerySet[BaseKind]:
        """With the number of bases that the person sees."""
        return super().get_queryset(request).annotate(count_of_bases=Count("bases"))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By name: there are twelve."""
        return queryset.filter(name__icontains=search_term), False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> ModelChoiceField | None:
        """Offer the lead units."""
        if db_field.name == "lead_unit":
            kwargs["queryset"] = Organisation.objects.lead_units().in_name_order()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @display(description=_("bases on file"), ordering="count_of_bases")
    def bases_on_file(self, kind: BaseKind) -> int:
        """How many bases of the kind are on file."""
        return kind.count_of_bases  # type: ignore[attr-defined]
