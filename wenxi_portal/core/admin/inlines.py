"""Rows that belong to a record and are edited with it."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from unfold.admin import TabularInline
from unfold.forms import PaginationInlineFormSet

from wenxi_portal.core.admin.fields import without_side_doors
from wenxi_portal.core.wording import word_list


class PartsFormSet(PaginationInlineFormSet):
    """Rows of parts; of two alike, the columns are named as they are on screen."""

    def get_unique_error_message(self, unique_check: Any) -> str:
        """Say which columns two rows have in common."""
        labels = [str(self.form.base_fields[name].label) for name in unique_check if name in self.form.base_fields]
        return _("Two rows have the same “%(columns)s”. Leave one of them.") % {"columns": word_list(labels)}

    def get_form_error(self) -> str:
        """Say it beside the second row, too."""
        return _("This stands in another row already.")


class PartOfRecord(TabularInline):
    """A part of a record: whoever may see or edit the record may see or edit its parts."""

    extra = 0
    formset = PartsFormSet
    show_change_link = False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A field named for screen readers: in a table only the column's head says what it is."""
        field = without_side_doors(super().formfield_for_dbfield(db_field, request, **kwargs))
        if field:
            getattr(field.widget, "widget", field.widget).attrs["aria-label"] = str(field.label or "")
        return field

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the record."""
        return self._owner().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the record."""
        return self._may_edit(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the record."""
        return self._may_edit(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the record."""
        return self._may_edit(request, obj)

    def _may_edit(self, request: HttpRequest, obj: Any) -> bool:
        owner = self._owner()
        return owner.has_change_permission(request, obj) if obj else owner.has_add_permission(request)

    def _owner(self) -> Any:
        return self.admin_site.get_model_admin(self.parent_model)
