"""A talent serves the county without moving."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from talent.enums import FLEXIBLE_BADGES, FlexibleState
from talent.models.person import Person
from talent.querysets import FlexibleAgreementQuerySet
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Revisioned, Timestamped
from wenxi_portal.core.private_files import PrivateStorage
from wenxi_portal.core.transitions import StateChange
from wenxi_portal.organisations.models import Organisation


@tracked(exclude=["updated_at"])
class FlexibleAgreement(Revisioned, Timestamped):
    """A person serves a host for a time (both days included), with what the service is.

    ``owner`` is who entered the signing, or who took it over; reminders about its end go there.
    """

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="flexible_agreements"
    )
    host = models.ForeignKey(
        Organisation, verbose_name=_("host"), on_delete=models.PROTECT, related_name="flexible_agreements"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=FlexibleState, default=FlexibleState.DRAFT, editable=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("in charge"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="flexible_agreements",
    )
    service = models.TextField(_("what the service is"), max_length=2000)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    signed_on = models.DateField(_("signed on"), null=True, blank=True, editable=False)
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)
    is_demo = models.BooleanField(_("demo record"), default=False, editable=False)

    objects = FlexibleAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("flexible introduction agreement")
        verbose_name_plural = _("flexible introduction agreements")
        ordering = ["valid_until", "pk"]
        permissions = [("move_flexibleagreement", _("Can change the state of a flexible agreement"))]
        indexes = [models.Index(fields=["state", "valid_until"], name="talent_flexible_until")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")),
                name="talent_flexible_dates",
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(state=FlexibleState.DRAFT, signed_on__isnull=True)
                | Q(state__in=[FlexibleState.SIGNED, FlexibleState.ENDED], signed_on__isnull=False)
                | Q(state=FlexibleState.TERMINATED),
                name="talent_flexible_signed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[FlexibleState.ENDED, FlexibleState.TERMINATED], ended_on__isnull=False)
                | Q(state__in=[FlexibleState.DRAFT, FlexibleState.SIGNED], ended_on__isnull=True),
                name="talent_flexible_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.host}"

    @property
    def badge(self) -> Badge:
        """How the state looks."""
        return FLEXIBLE_BADGES[FlexibleState(self.state)]


class FlexibleStateChange(StateChange):
    """One move of a flexible agreement."""

    agreement = models.ForeignKey(FlexibleAgreement, on_delete=models.PROTECT, related_name="state_changes")

    class Meta(StateChange.Meta):
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")


def paper_path(paper: "FlexiblePaper", _filename: str) -> str:
    """Return where a paper lies: by its random identifier, so that no name can point elsewhere."""
    return f"talent/{paper.identifier.hex[:2]}/{paper.identifier.hex}.{paper.ending}"


class FlexiblePaper(models.Model):
    """A signed paper of a flexible agreement, kept for good."""

    agreement = models.ForeignKey(FlexibleAgreement, on_delete=models.PROTECT, related_name="papers")
    identifier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120)
    file = models.FileField(_("file"), storage=PrivateStorage(), upload_to=paper_path, max_length=200)
    ending = models.CharField(_("file type"), max_length=5, editable=False)
    media_type = models.CharField(max_length=100, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["-uploaded_at", "-pk"]
        triggers = [pgtrigger.Protect(name="kept_for_good", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.title
