"""Rows that are edited with a person."""

from typing import Any

from django.forms import ModelChoiceField
from django.http import HttpRequest

from talent.models import Education, Employment
from wenxi_portal.core.admin.inlines import PartOfRecord
from wenxi_portal.organisations.models import Organisation


class _Placed(PartOfRecord):
    """A time of study or work at an organisation."""

    tab = True

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> ModelChoiceField | None:
        """Offer organisations that everybody may know of."""
        if db_field.name in {"university", "employer"}:
            kwargs["queryset"] = Organisation.objects.public().in_name_order()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class EducationInline(_Placed):
    """What somebody studied."""

    model = Education
    autocomplete_fields = ("university",)
    fields = ("university", "university_name", "level", "major", "started_on", "ended_on")


class EmploymentInline(_Placed):
    """Where somebody worked."""

    model = Employment
    autocomplete_fields = ("employer",)
    fields = ("employer", "employer_name", "post", "field", "city", "started_on", "ended_on")
