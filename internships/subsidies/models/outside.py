"""Who is paid by another scheme: lists that other offices send, kept as fingerprints only."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wenxi_portal.core.models import Timestamped


class OutsideList(Timestamped):
    """One uploaded list of another scheme. No number of it is kept, only keyed fingerprints."""

    scheme_name = models.CharField(_("other scheme"), max_length=120)
    source = models.CharField(_("sent by"), max_length=120)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.PROTECT, related_name="+"
    )
    file_hash = models.CharField(_("fingerprint"), max_length=64, unique=True)
    rows = models.PositiveIntegerField(_("people"), default=0)

    class Meta:
        verbose_name = _("list of another scheme")
        verbose_name_plural = _("lists of other schemes")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.scheme_name


class OutsideEntry(models.Model):
    """A person on such a list for some days (both included); the last day is empty when it is not known."""

    outside_list = models.ForeignKey(OutsideList, on_delete=models.PROTECT, related_name="entries")
    id_index = models.CharField(max_length=64)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("person on a list of another scheme")
        verbose_name_plural = _("people on lists of other schemes")
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
        indexes = [models.Index(fields=["id_index"], name="subsidies_outside_index")]
        constraints = [
            models.UniqueConstraint(fields=["outside_list", "id_index", "starts_on"], name="subsidies_outside_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="subsidies_outside_period"
            ),
        ]

    def __str__(self) -> str:
        return str(self.outside_list)
