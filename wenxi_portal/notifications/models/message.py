"""One thing told to one person by one channel."""

import uuid
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.core.badges import Badge
from wenxi_portal.notifications import kinds
from wenxi_portal.notifications.enums import MESSAGE_BADGES, Channel, MessageState
from wenxi_portal.notifications.querysets import MessageQuerySet


class Message(models.Model):
    """A row written in the transaction of what it tells of, and sent after its commit.

    ``dedup_key`` keeps the same thing from being told twice. ``claim`` is the token of the worker that sends it right
    now. ``idempotency_key`` goes to channels that can tell a repetition. Words are made from ``kind`` and ``params``.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("message", "recipient"),
        on_delete=models.PROTECT,
        related_name="messages",
    )
    kind = models.CharField(pgettext_lazy("message", "kind"), max_length=40)
    channel = models.CharField(pgettext_lazy("message", "channel"), max_length=10, choices=Channel)
    dedup_key = models.CharField(max_length=120)
    params = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        pgettext_lazy("message", "state"), max_length=10, choices=MessageState, default=MessageState.WAITING
    )
    in_digest = models.BooleanField(_("for the daily digest"), default=False)
    digest = models.ForeignKey(
        "self",
        verbose_name=pgettext_lazy("message", "digest"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="collected",
    )
    attempts = models.PositiveSmallIntegerField(pgettext_lazy("message", "attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    enqueued_at = models.DateTimeField(null=True, editable=False)
    claim = models.UUIDField(null=True, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    idempotency_key = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(pgettext_lazy("message", "written"), default=timezone.now)
    sent_at = models.DateTimeField(pgettext_lazy("message", "sent"), null=True, blank=True)
    read_at = models.DateTimeField(pgettext_lazy("message", "read"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("message", "message")
        verbose_name_plural = pgettext_lazy("message", "messages")
        ordering = ["-created_at", "-pk"]
        permissions = [("retry_message", _("Can try a message again"))]
        indexes = [
            # What the sweep looks for; a finished message is in neither.
            models.Index(
                fields=["next_attempt_at"], name="notifications_waiting", condition=Q(state=MessageState.WAITING)
            ),
            models.Index(fields=["claimed_at"], name="notifications_claimed", condition=Q(state=MessageState.CLAIMED)),
            models.Index(
                F("recipient"), F("created_at").desc(), name="notifications_inbox", condition=Q(channel="inbox")
            ),
            models.Index(
                fields=["recipient"], name="notifications_unread", condition=Q(channel="inbox", read_at__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["dedup_key"], name="notifications_message_once"),
            models.CheckConstraint(
                condition=~Q(state=MessageState.CLAIMED) | Q(claim__isnull=False, claimed_at__isnull=False),
                name="notifications_message_claim",
            ),
            models.CheckConstraint(
                condition=~Q(state=MessageState.SENT) | Q(sent_at__isnull=False), name="notifications_message_sent_at"
            ),
            models.CheckConstraint(
                condition=~Q(state=MessageState.COLLECTED) | Q(digest__isnull=False),
                name="notifications_message_collected_in",
            ),
            models.CheckConstraint(
                condition=Q(state__in=MessageState.values) & Q(channel__in=Channel.values),
                name="notifications_message_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_label} · {self.get_channel_display()}"

    @cached_property
    def kind_label(self) -> str:
        """The kind in words."""
        kind = kinds.find(self.kind)
        return str(kind.label) if kind else self.kind

    @property
    def subject(self) -> str:
        """The one line that says what it is about, in the reader's language."""
        kind = kinds.find(self.kind)
        return kind.subject(self.params) if kind else self.kind_label

    @property
    def body(self) -> str:
        """What there is to say, in the reader's language."""
        kind = kinds.find(self.kind)
        return kind.body(self.params) if kind else ""

    @property
    def inside(self) -> str:
        """What only the inbox adds, asked anew for every reading; empty for every other channel."""
        kind = kinds.find(self.kind)
        return kind.inside(self.params, self.recipient) if kind and self.channel == Channel.INBOX else ""

    @property
    def url(self) -> str:
        """The path where the matter stands; empty when there is none."""
        kind = kinds.find(self.kind)
        return kind.url(self.params) if kind else ""

    @property
    def badge(self) -> Badge:
        """How the state looks."""
        return MESSAGE_BADGES[MessageState(self.state)]
