"""Auditor's packs: who asked for which, and the file under seal."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from internships.models import Student
from internships.subsidies.enums import PackScope, PackState
from internships.subsidies.models.payment import PaymentBatch
from internships.subsidies.querysets import PACK_CONTEXT
from wenxi_portal.core.sealed_bytes import SealedBytesField


class AuditPack(models.Model):
    """One pack: for a student, a batch, or the payments of a period (both days included).

    ``head`` is the last link of the chain of fingerprints in its manifest: whoever compares it with the file knows that
    nothing was taken out or put in.
    """

    scope = models.CharField(_("about"), max_length=8, choices=PackScope)
    student = models.ForeignKey(
        Student, verbose_name=_("student"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    batch = models.ForeignKey(
        PaymentBatch, verbose_name=_("payment batch"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    reveals = models.BooleanField(_("ID and card numbers in full"), default=False)
    reason = models.CharField(_("reason"), max_length=500)
    language = models.CharField(max_length=10, default="zh-hans", editable=False)
    state = models.CharField(_("state"), max_length=8, choices=PackState, default=PackState.WAITING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("pack asked by"), on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)
    claims = models.PositiveIntegerField(_("claims"), default=0)
    head = models.CharField(_("fingerprint of the pack"), max_length=64, blank=True)
    content = SealedBytesField(context=PACK_CONTEXT, null=True, editable=False)

    class Meta:
        verbose_name = _("auditor's pack")
        verbose_name_plural = _("auditor's packs")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope=PackScope.STUDENT, student__isnull=False)
                | Q(scope=PackScope.BATCH, batch__isnull=False)
                | Q(scope=PackScope.PERIOD, starts_on__isnull=False, ends_on__gte=models.F("starts_on")),
                name="subsidies_pack_scope",
                violation_error_message=_("Say which person, batch or period the pack is about."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="subsidies_pack_reason"),
            models.CheckConstraint(condition=Q(state__in=PackState.values), name="subsidies_pack_state_known"),
            models.CheckConstraint(
                condition=~Q(state=PackState.MADE) | Q(made_at__isnull=False) & ~Q(head=""),
                name="subsidies_pack_made",
            ),
        ]

    def __str__(self) -> str:
        days = f"{self.starts_on} – {self.ends_on}" if self.starts_on else ""
        return f"{self.get_scope_display()} {self.student or self.batch or days}".strip()
