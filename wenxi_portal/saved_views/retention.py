"""How long the saved views of people who left are kept."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wenxi_portal.core.retention import Kept
from wenxi_portal.saved_views.models import SavedView, SeenRow


class LeftViews(Kept):
    """Views whose owner's account is closed, and that nobody has touched since."""

    name = "left_views"
    model = SavedView
    age = "updated_at"
    label = _("Saved views of closed accounts")
    deed = _("deleted")

    def over(self, before: datetime) -> QuerySet[Any]:
        """Those of closed accounts."""
        return super().over(before).filter(owner__is_active=False)

    def erase(self, keys: list[int]) -> None:
        """Delete them with what their looks have seen."""
        SeenRow.objects.filter(view__in=keys).delete()
        super().erase(keys)


KINDS = [LeftViews()]
