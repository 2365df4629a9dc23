"""What those on a stay do together."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from internships.enums import ACTIVITY_BADGES, ActivityKind, ActivityState, SignUpState
from internships.models.placement import Placement
from internships.querysets import ActivityQuerySet, OfPlacementQuerySet
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.content_version import moves_content_version
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Revisioned, Timestamped
from wenxi_portal.core.personal_numbers import PUBLIC_TEXT
from wenxi_portal.core.transitions import StateChange
from wenxi_portal.organisations.models import Organisation


@tracked(exclude=["updated_at"])
class GroupActivity(Revisioned, Timestamped):
    """A red education visit, a village study tour: those on a stay sign up, the office notes who came."""

    title = models.CharField(_("title"), max_length=80, validators=PUBLIC_TEXT)
    kind = models.CharField(pgettext_lazy("of an activity", "kind"), max_length=16, choices=ActivityKind)
    state = models.CharField(
        _("state"), max_length=10, choices=ActivityState, default=ActivityState.PLANNED, editable=False
    )
    unit = models.ForeignKey(
        Organisation, verbose_name=_("organised by"), on_delete=models.PROTECT, related_name="group_activities"
    )
    place = models.CharField(_("place"), max_length=80, validators=PUBLIC_TEXT)
    begins_at = models.DateTimeField(_("begins at"))
    ends_at = models.DateTimeField(_("ends at"))
    seats = models.PositiveSmallIntegerField(_("seats"), validators=[MinValueValidator(1), MaxValueValidator(1000)])
    text = models.TextField(_("programme"), max_length=2000, blank=True, validators=PUBLIC_TEXT)
    report = models.TextField(_("report"), max_length=3000, blank=True, validators=PUBLIC_TEXT)
    is_demo = models.BooleanField(_("demo record"), default=False, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("group activity")
        verbose_name_plural = _("group activities")
        ordering = ["begins_at", "pk"]
        permissions = [("move_groupactivity", _("Can open, hold and call off group activities"))]
        triggers = [moves_content_version()]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")),
                name="internships_activity_period",
                violation_error_message=_("It ends before it begins."),
            ),
            models.CheckConstraint(condition=Q(seats__range=(1, 1000)), name="internships_activity_seats"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def badge(self) -> Badge:
        """How the state looks."""
        return ACTIVITY_BADGES[ActivityState(self.state)]


class ActivityStateChange(StateChange):
    """One move of a group activity."""

    activity = models.ForeignKey(GroupActivity, on_delete=models.PROTECT, related_name="state_changes")

    class Meta(StateChange.Meta):
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


@tracked()
class ActivitySignUp(models.Model):
    """A student takes part in an activity. Seats have numbers, so that none is given twice."""

    activity = models.ForeignKey(GroupActivity, on_delete=models.PROTECT, related_name="sign_ups")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="activity_sign_ups")
    state = models.CharField(_("state"), max_length=10, choices=SignUpState, default=SignUpState.SIGNED_UP)
    seat = models.PositiveSmallIntegerField(_("seat"), null=True, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "placement"],
                name="internships_signup_once",
                violation_error_message=_("You have signed up already."),
            ),
            models.UniqueConstraint(
                fields=["activity", "seat"],
                name="internships_signup_seat_once",
                violation_error_message=_("This seat is taken."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[SignUpState.SIGNED_UP, SignUpState.ATTENDED, SignUpState.MISSED], seat__isnull=False
                )
                | Q(state__in=[SignUpState.WAITING, SignUpState.CANCELLED], seat__isnull=True),
                name="internships_signup_seat",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_state_display())
