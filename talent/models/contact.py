"""What was said to whom, and what comes next."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talent.enums import ContactKind, StepState
from talent.models.person import Person
from talent.querysets import ContactQuerySet
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Revisioned, Timestamped

_HAS_STEP = ~Q(next_step="") & Q(next_due__isnull=False, next_owner__isnull=False, no_step_reason="")
_HAS_NONE = Q(next_step="", next_due__isnull=True, next_owner__isnull=True) & ~Q(no_step_reason="")


@tracked(exclude=["updated_at"])
class Contact(Revisioned, Timestamped):
    """A call, a message, a visit. It leaves a next step with day and owner, or the reason why there is none.

    A new due day is a new version: reminders start again.
    """

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(pgettext_lazy("contact", "kind"), max_length=8, choices=ContactKind)
    on = models.DateField(_("on"), default=timezone.localdate)
    summary = models.CharField(_("what was said"), max_length=1000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_due = models.DateField(_("due on"), null=True, blank=True)
    next_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who takes it"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="next_steps",
    )
    no_step_reason = models.CharField(_("why there is no next step"), max_length=200, blank=True)
    due_version = models.PositiveIntegerField(_("version of the due day"), default=1, editable=False)
    step_state = models.CharField(
        _("state of the next step"), max_length=8, choices=StepState, default=StepState.NONE, editable=False
    )
    closed_at = models.DateTimeField(_("settled at"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("settled by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    close_note = models.CharField(_("outcome"), max_length=200, blank=True, editable=False)
    is_demo = models.BooleanField(_("demo record"), default=False, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("record", "contact")
        verbose_name_plural = pgettext_lazy("record", "contacts")
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["-on", "-id"], name="talent_contact_latest"),
            models.Index(fields=["person", "-on"], name="talent_contact_person"),
            models.Index(fields=["updated_at"], name="talent_contact_updated"),
            # With the owner, so that the board's figures are counted without a look at the table.
            models.Index(
                fields=["next_due", "id"],
                include=["next_owner", "person"],
                name="talent_contact_board",
                condition=Q(step_state=StepState.OPEN),
            ),
            models.Index(
                fields=["next_owner", "next_due"], name="talent_contact_owner", condition=Q(step_state=StepState.OPEN)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=_HAS_STEP | _HAS_NONE,
                name="talent_contact_next_step",
                violation_error_message=_("Give the next step with a day and an owner, or say why there is none."),
            ),
            models.CheckConstraint(
                condition=Q(step_state=StepState.NONE) & Q(next_step="")
                | ~Q(step_state=StepState.NONE) & ~Q(next_step=""),
                name="talent_contact_step_state",
            ),
            models.CheckConstraint(
                condition=Q(step_state__in=[StepState.DONE, StepState.DROPPED], closed_at__isnull=False)
                | Q(step_state__in=[StepState.NONE, StepState.OPEN], closed_at__isnull=True),
                name="talent_contact_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.on:%Y-%m-%d} {self.get_kind_display()}"


class CalendarFeed(models.Model):
    """An officer's calendar address. Only the fingerprint of its secret is kept; a new one revokes the old."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_feed")
    token_index = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.user)


class HandOver(models.Model):
    """Everything one officer had open went to another.

    ``briefing`` lists what went: contacts and agreements by number, townships by name.
    """

    from_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who leaves"), on_delete=models.PROTECT, related_name="+"
    )
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who takes over"), on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    briefing = models.JSONField(_("what was handed over"), default=dict)

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_user=models.F("to_user")),
                name="talent_handover_to_another",
                violation_error_message=_("Choose another officer."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_user} → {self.to_user}"
