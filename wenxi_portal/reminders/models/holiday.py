"""Days on which offices do not follow the week."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Holiday(models.Model):
    """A day off, or a weekend day worked in exchange, as the State Council's notice of the year says.

    Weekend days within a holiday are entered too, so that the notice can be read back from the rows.
    """

    day = models.DateField(pgettext_lazy("calendar", "day"), unique=True)
    is_working = models.BooleanField(_("working day in exchange"), default=False)
    name = models.CharField(pgettext_lazy("calendar", "holiday"), max_length=40)
    source = models.CharField(pgettext_lazy("calendar", "source"), max_length=200, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("calendar", "holiday")
        verbose_name_plural = _("working-day calendar")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
