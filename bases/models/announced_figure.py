"""Figures that the county has made public."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wenxi_portal.core.content_version import moves_content_version


class AnnouncedFigure(models.Model):
    """A figure with its source and date, shown beside what is really on file (“on file 11, announced 15”).

    ``value`` is empty when only “several” was said; ``exact`` is false for “more than”.
    """

    key = models.SlugField(_("key"), max_length=60)
    label = models.CharField(_("what it counts"), max_length=120)
    label_en = models.CharField(_("what it counts (English)"), max_length=120, blank=True)
    value = models.PositiveIntegerField(_("figure"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=10, blank=True)
    exact = models.BooleanField(_("exact"), default=True)
    as_of = models.DateField(_("as of"))
    source = models.CharField(_("source"), max_length=200)
    source_en = models.CharField(_("source (English)"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("announced figure")
        verbose_name_plural = _("announced figures")
        ordering = ["key"]
        triggers = [moves_content_version()]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="bases_announcedfigure_key_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.value if self.value is not None else '—'}"
