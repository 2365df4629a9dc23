"""Help that is asked for: cases that somebody owns until they are answered."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from internships.enums import CASE_BADGES, CaseState, Satisfaction, ServiceKind, SupportKind
from internships.models.kept_file import KeptFile
from internships.models.placement import Placement
from internships.querysets import SERVICE_MOBILE_CONTEXT, CaseQuerySet, ServiceRequestQuerySet
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.fields import SealedTextField
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Revisioned, Timestamped
from wenxi_portal.core.transitions import StateChange
from wenxi_portal.core.validators import normalise_digits, validate_mobile
from wenxi_portal.organisations.models import Organisation


class Case(Revisioned, Timestamped):
    """A request somebody owns until it is answered. ``due_on`` is the clock: working days from its arrival."""

    state = models.CharField(_("state"), max_length=10, choices=CaseState, default=CaseState.RECEIVED, editable=False)
    text = models.TextField(_("what you need"), max_length=2000)
    unit = models.ForeignKey(
        Organisation, verbose_name=_("unit in charge"), on_delete=models.PROTECT, related_name="%(class)ss"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("in the hands of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_%(class)ss",
    )
    due_on = models.DateField(_("answer due on"))
    answer = models.TextField(pgettext_lazy("to a request", "answer"), max_length=3000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction"), choices=Satisfaction, null=True, blank=True, editable=False
    )
    satisfaction_note = models.CharField(_("remark"), max_length=300, blank=True, editable=False)
    is_demo = models.BooleanField(_("demo record"), default=False, editable=False)

    class Meta:
        abstract = True
        ordering = ["due_on", "pk"]

    @property
    def badge(self) -> Badge:
        """How the state looks."""
        return CASE_BADGES[CaseState(self.state)]


def case_constraints(name: str) -> list[models.BaseConstraint]:
    """Return the constraints of a table of cases, whose names begin with ``name``."""
    return [
        models.CheckConstraint(
            condition=~Q(state__in=[CaseState.ANSWERED, CaseState.CLOSED])
            | Q(answered_at__isnull=False) & ~Q(answer=""),
            name=f"{name}_answered",
            violation_error_message=_("An answered request has an answer."),
        ),
        models.CheckConstraint(
            condition=Q(satisfaction__isnull=True) | Q(satisfaction__range=(1, 5)), name=f"{name}_satisfaction"
        ),
        models.CheckConstraint(
            condition=~Q(state=CaseState.IN_HAND) | Q(owner__isnull=False),
            name=f"{name}_owned",
            violation_error_message=_("A request that is dealt with is in somebody's hands."),
        ),
    ]


@tracked(exclude=["updated_at"])
class SupportRequest(Case):
    """A student on a stay asks for help."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="support_requests")
    kind = models.CharField(pgettext_lazy("of a request", "kind"), max_length=10, choices=SupportKind)
    is_urgent = models.BooleanField(_("urgent"), default=False)

    objects = CaseQuerySet.as_manager()

    class Meta(Case.Meta):
        verbose_name = _("request for support")
        verbose_name_plural = _("requests for support")
        abstract = False
        permissions = [("move_supportrequest", _("Can take up and answer requests for support"))]
        indexes = [models.Index(fields=["state", "due_on"], name="internships_support_due")]
        constraints = case_constraints("internships_support")

    def __str__(self) -> str:
        return str(self.get_kind_display())


class SupportStateChange(StateChange):
    """One move of a request for support."""

    request = models.ForeignKey(SupportRequest, on_delete=models.PROTECT, related_name="state_changes")

    class Meta(StateChange.Meta):
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


@tracked(exclude=["mobile", "updated_at"])
class ServiceRequest(Case):
    """Somebody asks at the one window (一个窗口) for one of its four services."""

    kind = models.CharField(pgettext_lazy("of a request", "kind"), max_length=12, choices=ServiceKind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.PROTECT, related_name="service_requests"
    )
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=100)
    mobile = SealedTextField(
        _("mobile"), blank=True, default="", context=SERVICE_MOBILE_CONTEXT, validators=[validate_mobile]
    )

    objects = ServiceRequestQuerySet.as_manager()

    class Meta(Case.Meta):
        verbose_name = _("request at the one window")
        verbose_name_plural = _("requests at the one window")
        abstract = False
        permissions = [("move_servicerequest", _("Can take up and answer requests at the one window"))]
        indexes = [models.Index(fields=["state", "due_on"], name="internships_service_due")]
        constraints = case_constraints("internships_service")

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Bring the number into the form in which it is kept."""
        self.mobile = normalise_digits(self.mobile or "")
        super().save(*args, **kwargs)


class ServiceStateChange(StateChange):
    """One move of a request at the one window."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.PROTECT, related_name="state_changes")

    class Meta(StateChange.Meta):
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


class ServicePaper(KeptFile):
    """A paper handed in at the one window."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.PROTECT, related_name="papers")

    class Meta(KeptFile.Meta):
        verbose_name = _("paper of a request")
        verbose_name_plural = _("papers of requests")
        constraints = [
            models.UniqueConstraint(
                fields=["request", "sha256"],
                name="internships_servicepaper_once",
                violation_error_message=_("This paper is on file already."),
            ),
        ]
