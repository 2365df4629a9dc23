"""What would have left the house."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.notifications.models.message import Message


class RecordedSending(models.Model):
    """A message that the recording channel took instead of a real one. Address and numbers are masked for good."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="recordings")
    idempotency_key = models.UUIDField(editable=False)
    address = models.CharField(pgettext_lazy("message", "address"), max_length=120)
    text = models.TextField(pgettext_lazy("message", "text"))
    at = models.DateTimeField(pgettext_lazy("message", "at"), auto_now_add=True)

    class Meta:
        verbose_name = _("recorded sending")
        verbose_name_plural = _("recorded sendings")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["idempotency_key"], name="notifications_recorded_once")]

    def __str__(self) -> str:
        return f"{self.address} {self.at:%Y-%m-%d %H:%M}"
