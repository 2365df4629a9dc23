"""The host's monthly sheet and the student's objection to it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from internships.enums import HALF_DAYS, SHEET_BADGES, DayMark, ObjectionState, SheetState
from internships.models.placement import Placement
from internships.querysets import AttendanceSheetQuerySet
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Revisioned, Timestamped
from wenxi_portal.core.transitions import StateChange


@tracked(exclude=["updated_at"])
class AttendanceSheet(Revisioned, Timestamped):
    """What each day of one month of a stay was: ``marks`` maps the day of the month ("1" … "31") to a mark.

    A confirmed sheet is never edited: a correction is a new version that replaces it. ``half_days`` is the sum of the
    marks in half days. ``due_on`` is the last day on which the host is in time with it.
    """

    placement = models.ForeignKey(
        Placement, verbose_name=_("stay"), on_delete=models.PROTECT, related_name="attendance_sheets"
    )
    month = models.DateField(_("month"), help_text=_("The first day of the month."))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=SheetState, default=SheetState.DRAFT, editable=False)
    marks = models.JSONField(_("days"), default=dict)
    half_days = models.PositiveSmallIntegerField(_("half days of attendance"), default=0, editable=False)
    due_on = models.DateField(_("to be confirmed until"), null=True, blank=True, editable=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    correction_reason = models.CharField(_("why it was corrected"), max_length=300, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)

    objects = AttendanceSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance sheet")
        verbose_name_plural = _("attendance sheets")
        ordering = ["-month", "-version", "pk"]
        permissions = [("confirm_attendancesheet", _("Can confirm attendance in place of a host"))]
        indexes = [models.Index(fields=["state", "month"], name="internships_sheet_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "month", "version"],
                name="internships_sheet_version",
                violation_error_message=_("There is a sheet of this month already."),
            ),
            models.UniqueConstraint(
                fields=["placement", "month"],
                condition=~Q(state=SheetState.REPLACED) & ~Q(state=SheetState.DRAFT),
                name="internships_sheet_one_valid",
                violation_error_message=_("Another version of this month's sheet is valid."),
            ),
            models.UniqueConstraint(
                fields=["placement", "month"],
                condition=Q(state=SheetState.DRAFT),
                name="internships_sheet_one_draft",
                violation_error_message=_("A sheet of this month is being filled in already."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="internships_sheet_month",
                violation_error_message=_("A month is named by its first day."),
            ),
            models.CheckConstraint(
                condition=Q(state=SheetState.DRAFT, confirmed_at__isnull=True, confirmed_by__isnull=True)
                | ~Q(state=SheetState.DRAFT) & Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="internships_sheet_confirmed",
            ),
            models.CheckConstraint(condition=Q(half_days__lte=62), name="internships_sheet_half_days"),
            models.CheckConstraint(
                condition=Q(version=1) | Q(version__gt=1) & ~Q(correction_reason=""),
                name="internships_sheet_correction",
                violation_error_message=_("Say why the sheet is corrected."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.placement} {self.month:%Y-%m}"

    def clean(self) -> None:
        """Refuse days outside the month or the stay, and marks nobody knows."""
        super().clean()
        for key, mark in self.marks.items():
            if not key.isdecimal() or mark not in DayMark.values:
                raise ValidationError({"marks": _("A day or a mark of this sheet is not known.")}, code="mark")
        self.half_days = sum(HALF_DAYS[DayMark(mark)] for mark in self.marks.values())

    @property
    def badge(self) -> Badge:
        """How the state looks."""
        return SHEET_BADGES[SheetState(self.state)]

    @property
    def days_present(self) -> float:
        """Days of attendance; half days count one half."""
        return self.half_days / 2


class AttendanceStateChange(StateChange):
    """One move of an attendance sheet."""

    sheet = models.ForeignKey(AttendanceSheet, on_delete=models.PROTECT, related_name="state_changes")

    class Meta(StateChange.Meta):
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


@tracked()
class AttendanceObjection(models.Model):
    """A student says what is wrong with a confirmed sheet; the host or the lead unit answers."""

    sheet = models.ForeignKey(AttendanceSheet, on_delete=models.PROTECT, related_name="objections")
    state = models.CharField(_("state"), max_length=8, choices=ObjectionState, default=ObjectionState.WAITING)
    text = models.CharField(_("what is wrong"), max_length=500)
    raised_at = models.DateTimeField(_("raised at"), auto_now_add=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet"],
                condition=Q(state=ObjectionState.WAITING),
                name="internships_objection_once",
                violation_error_message=_("Your objection is being looked at already."),
            ),
            models.CheckConstraint(
                condition=Q(state=ObjectionState.WAITING, answered_at__isnull=True)
                | ~Q(state=ObjectionState.WAITING) & Q(answered_at__isnull=False) & ~Q(answer=""),
                name="internships_objection_answered",
                violation_error_message=_("An answer says why."),
            ),
        ]

    def __str__(self) -> str:
        return self.text
