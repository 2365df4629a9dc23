"""Figures made public, in the admin."""

from django.contrib import admin

from bases.models import AnnouncedFigure
from wenxi_portal.core.admin.model_admin import PortalModelAdmin


@admin.register(AnnouncedFigure)
class AnnouncedFigureAdmin(PortalModelAdmin):
    """What the county announced, with source and date; shown beside what is on file."""

    list_display = ("label", "value", "unit", "exact", "as_of", "source")
    search_fields = ("label", "key", "source")
    fields = ("key", "label", "label_en", ("value", "unit", "exact"), ("as_of", "source"), "source_en")
