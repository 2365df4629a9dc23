"""Guides in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.pages.enums import GuideElement
from wenxi_portal.pages.models import Guide

ELEMENTS = [element.value for element in GuideElement]


class GuideForm(forms.ModelForm):  # type: ignore[type-arg]
    """A guide; the elements that no rule fixes are ticked as samples."""

    sample_elements = forms.MultipleChoiceField(
        label=_("elements marked as samples"),
        choices=GuideElement,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget(),
    )

    class Meta:
        model = Guide
        fields = ("title", "summary", "sample_elements")


@admin.register(Guide)
class GuideAdmin(PortalModelAdmin):
    """What somebody needs to know before they come."""

    form = GuideForm
    list_display = ("title", "order", "is_published", "published_on", "updated_at")
    search_fields = ("title", "summary", "slug")

    def get_fieldsets(self, request: HttpRequest, obj: Guide | None = None) -> Any:
        """The Chinese text, the English text, publication."""
        return [
            (_("The guide"), {"fields": ["title", "summary", *ELEMENTS, "sample_elements"]}),
            (
                _("In English"),
                {
                    "fields": ["title_en", "summary_en", *(f"{name}_en" for name in ELEMENTS)],
                    "classes": ["collapse"],
                },
            ),
            (_("Publication"), {"fields": [("is_published", "published_on"), ("slug", "order")]}),
        ]

    def view_on_site(self, obj: Guide) -> str | None:  # type: ignore[override]
        """The public page, once it is published."""
        return obj.get_absolute_url() if obj.is_published else None
