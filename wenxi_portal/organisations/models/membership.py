"""Who belongs to which organisation: the hat a user wears."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Timestamped
from wenxi_portal.organisations.models.organisation import Organisation
from wenxi_portal.organisations.querysets import MembershipQuerySet


class DateRange(Func):
    """PostgreSQL's ``daterange``, both ends included; an empty end is open."""

    function = "DATERANGE"
    output_field = DateRangeField()


@tracked()
class Membership(Timestamped):
    """A person acts for an organisation from one day to another (both included)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.PROTECT, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="memberships"
    )
    title = models.CharField(_("post"), max_length=60, blank=True)
    is_head = models.BooleanField(_("head of the unit"), default=False)
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation", "-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="organisations_membership_dates",
                violation_error_message=_("A membership cannot end before it begins."),
            ),
            ExclusionConstraint(
                name="organisations_membership_once",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (DateRange("since", "until", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person already belongs to the organisation in that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"
