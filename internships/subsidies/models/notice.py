"""Public notices: a generated list that is taken down by itself."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from internships.subsidies.enums import NOTICE_BADGES, NoticeObjectionState, NoticeState
from internships.subsidies.models.claim import Claim
from internships.subsidies.querysets import OBJECTION_CONTEXT, NoticeQuerySet
from wenxi_portal.core.append_only import WrittenOnce
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.content_version import moves_content_version
from wenxi_portal.core.fields import SealedTextField
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Revisioned, Timestamped
from wenxi_portal.core.personal_numbers import PUBLIC_TEXT
from wenxi_portal.core.transitions import StateChange


@tracked(exclude=["updated_at"])
class PublicNotice(Revisioned, Timestamped):
    """A list of claims that the public may object to until ``ends_on`` (the last day, included).

    ``calendar_note`` says when a year of the period has no holidays on file and only weekends were left out.
    """

    number = models.CharField(_("number"), max_length=24, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120, validators=PUBLIC_TEXT)
    introduction = models.TextField(_("introduction"), max_length=2000, blank=True, validators=PUBLIC_TEXT)
    contact = models.CharField(_("where to object"), max_length=200, blank=True, validators=PUBLIC_TEXT)
    state = models.CharField(_("state"), max_length=10, choices=NoticeState, default=NoticeState.DRAFT, editable=False)
    working_days = models.PositiveSmallIntegerField(_("working days"), default=5)
    starts_on = models.DateField(_("first day"), null=True, blank=True, editable=False)
    ends_on = models.DateField(_("last day"), null=True, blank=True, editable=False)
    calendar_note = models.CharField(max_length=200, blank=True, editable=False)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("public notice")
        verbose_name_plural = _("public notices")
        ordering = ["-starts_on", "-pk"]
        permissions = [("publish_publicnotice", _("Can publish and take down public notices"))]
        triggers = [moves_content_version()]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[NoticeState.DRAFT, NoticeState.CANCELLED])
                | Q(starts_on__isnull=False, ends_on__isnull=False, published_by__isnull=False),
                name="subsidies_notice_published",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="subsidies_notice_period",
            ),
            models.CheckConstraint(condition=Q(working_days__gte=1), name="subsidies_notice_days"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the public page of the notice."""
        return reverse("subsidies:notice", args=[self.number])

    @property
    def badge(self) -> Badge:
        """How the state looks."""
        return NOTICE_BADGES[NoticeState(self.state)]


class NoticeStateChange(StateChange):
    """One move of a notice."""

    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="state_changes")

    class Meta(StateChange.Meta):
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


class NoticeLine(models.Model):
    """What the notice shows of a claim, and nothing else: kept as it was shown (domain.md §4, Public notice).

    ``removed_on`` takes a line off a notice that is up, with the reason (withdrawn, voided, objection upheld).
    """

    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="lines")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="notice_lines")
    order = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=100, validators=PUBLIC_TEXT)
    university = models.CharField(_("university"), max_length=120, validators=PUBLIC_TEXT)
    level = models.CharField(pgettext_lazy("of studies", "level or major"), max_length=120, validators=PUBLIC_TEXT)
    host = models.CharField(_("host"), max_length=120, validators=PUBLIC_TEXT)
    scheme = models.CharField(_("scheme"), max_length=80, validators=PUBLIC_TEXT)
    months = models.DecimalField(_("months"), max_digits=5, decimal_places=2)
    amount = models.DecimalField(_("amount in yuan"), max_digits=12, decimal_places=2)
    removed_on = models.DateField(_("taken off on"), null=True, blank=True)
    removed_reason = models.CharField(_("why it was taken off"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("line of a notice")
        verbose_name_plural = _("lines of a notice")
        ordering = ["notice", "order"]
        triggers = [
            moves_content_version(),
            WrittenOnce(name="written_once", exclude=["removed_on", "removed_reason"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["notice", "order"], name="subsidies_noticeline_order"),
            models.UniqueConstraint(fields=["notice", "claim"], name="subsidies_noticeline_once"),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True, removed_reason="")
                | Q(removed_on__isnull=False) & ~Q(removed_reason=""),
                name="subsidies_noticeline_removed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.name}"


@tracked(exclude=["contact", "name"])
class NoticeObjection(models.Model):
    """Somebody objects to one line. Who it is stays sealed, and may be left out: the answer then stays on file."""

    line = models.ForeignKey(NoticeLine, on_delete=models.PROTECT, related_name="objections")
    state = models.CharField(
        _("state"), max_length=8, choices=NoticeObjectionState, default=NoticeObjectionState.WAITING
    )
    text = models.TextField(_("what is wrong"), max_length=2000)
    name = SealedTextField(_("your name"), blank=True, default="", context=OBJECTION_CONTEXT)
    contact = SealedTextField(_("telephone or e-mail"), blank=True, default="", context=OBJECTION_CONTEXT)
    reference = models.CharField(_("reference"), max_length=20, unique=True, editable=False)
    raised_at = models.DateTimeField(_("raised at"), auto_now_add=True)
    due_on = models.DateField(_("to be answered until"))
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("objection to a notice")
        verbose_name_plural = _("objections to notices")
        ordering = ["raised_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=NoticeObjectionState.values), name="subsidies_objection_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=NoticeObjectionState.WAITING, answered_at__isnull=True)
                | ~Q(state=NoticeObjectionState.WAITING)
                & Q(answered_at__isnull=False, answered_by__isnull=False)
                & ~Q(answer=""),
                name="subsidies_objection_answered",
                violation_error_message=_("An answer says why."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference
