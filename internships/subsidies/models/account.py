"""Where a student is paid: a new account is a new row, the old one stays."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from internships.models import Student
from internships.subsidies.querysets import CARD_CONTEXT, BankAccountQuerySet, card_index
from wenxi_portal.core.append_only import WrittenOnce
from wenxi_portal.core.fields import SealedTextField
from wenxi_portal.core.masking import mask_card


class BankAccount(models.Model):
    """A bank card in the student's own name. ``ended_at`` is when another one took its place."""

    student = models.ForeignKey(
        Student, verbose_name=_("student"), on_delete=models.PROTECT, related_name="bank_accounts"
    )
    holder = models.CharField(_("account holder"), max_length=100)
    card = SealedTextField(_("card number"), context=CARD_CONTEXT)
    card_index = models.CharField(max_length=64, editable=False)
    bank = models.CharField(_("bank"), max_length=80)
    branch = models.CharField(_("branch"), max_length=120, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    entered_at = models.DateTimeField(_("entered at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ["-entered_at", "-pk"]
        permissions = [("reveal_bankaccount", _("Can reveal card numbers"))]
        triggers = [
            pgtrigger.Protect(name="kept_for_good", operation=pgtrigger.Delete),
            # The sealed text is written anew when keys are rotated; what it stands for stays.
            WrittenOnce(name="written_once", exclude=["card", "ended_at"]),
        ]
        indexes = [models.Index(fields=["card_index"], name="subsidies_account_card")]
        constraints = [
            models.UniqueConstraint(
                fields=["student"],
                condition=Q(ended_at__isnull=True),
                name="subsidies_account_one_in_use",
                violation_error_message=_("Another account is in use already. Reload the page."),
            ),
            models.CheckConstraint(condition=~Q(holder="") & ~Q(bank=""), name="subsidies_account_named"),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.masked_card}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the keyed index in step with what it indexes."""
        self.card_index = card_index(self.card)
        super().save(*args, **kwargs)

    @property
    def masked_card(self) -> str:
        """The card number as it may be shown."""
        return mask_card(self.card)
