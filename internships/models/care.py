"""Care that is given unasked."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from internships.enums import CareKind
from internships.models.placement import Placement
from internships.querysets import OfPlacementQuerySet
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Timestamped


@tracked(exclude=["updated_at"])
class CareVisit(Timestamped):
    """Somebody looked after a student: a visit, a festival greeting (慰问), a call."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="care_visits")
    kind = models.CharField(pgettext_lazy("of care", "kind"), max_length=10, choices=CareKind)
    on = models.DateField(_("on"))
    text = models.TextField(_("what was said and done"), max_length=2000)
    visitor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="care_visits"
    )

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("care")
        verbose_name_plural = _("care")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"
