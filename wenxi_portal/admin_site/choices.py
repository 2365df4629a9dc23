"""What may be chosen in a form's search field."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import QuerySet
from django.http import HttpRequest

MOST_CHOICES = 20


class ChoicesView(AutocompleteJsonView):
    """Answers with the rows a model's admin page offers as choices, not only those that it lists."""

    paginate_by = MOST_CHOICES

    def get_queryset(self) -> QuerySet[Any]:
        """Return the choices that match what was typed."""
        rows = self.model_admin.get_choices(self.request)
        rows = rows.complex_filter(self.source_field.get_limit_choices_to())
        ordering = self.model_admin.get_ordering(self.request)
        if ordering:
            rows = rows.order_by(*ordering)
        found, _duplicates = self.model_admin.get_search_results(self.request, rows, self.term)
        return found

    def has_perm(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may see such records, and whoever may fill in the form that asks."""
        if self.model_admin.has_view_permission(request, obj=obj):
            return True
        source = self.source_field.model
        if not self.admin_site.is_registered(source):
            return False
        asking = self.admin_site.get_model_admin(source)
        return bool(asking.has_add_permission(request) or asking.has_change_permission(request))
