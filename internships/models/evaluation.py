"""How a stay went: weekly notes, the host's appraisal, the student's feedback, the certificate."""

import secrets
import uuid

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from internships.enums import Grade
from internships.models.kept_file import KeptFile
from internships.models.placement import Placement
from internships.querysets import OfPlacementQuerySet
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Timestamped

FIVE = [MinValueValidator(1), MaxValueValidator(5)]


@tracked(exclude=["updated_at"])
class WeeklyNote(Timestamped):
    """A note on one week, private between student, host and officer. Nobody is asked to write one."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="weekly_notes")
    week = models.DateField(_("week"), help_text=_("The Monday of the week."))
    text = models.TextField(_("note"), max_length=3000)
    reply = models.CharField(_("the host's reply"), max_length=1000, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("weekly note")
        verbose_name_plural = _("weekly notes")
        ordering = ["-week"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "week"],
                name="internships_weeklynote_once",
                violation_error_message=_("There is a note on this week already."),
            ),
            models.CheckConstraint(condition=Q(week__iso_week_day=1), name="internships_weeklynote_monday"),
        ]

    def __str__(self) -> str:
        return f"{self.week}"


@tracked(exclude=["updated_at"])
class Appraisal(Timestamped):
    """The host's verdict on a stay: one for each, given when it ends; ``given_at`` closes it."""

    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, related_name="appraisal")
    grade = models.CharField(_("verdict"), max_length=10, choices=Grade)
    diligence = models.PositiveSmallIntegerField(_("diligence"), validators=FIVE)
    skill = models.PositiveSmallIntegerField(_("professional skill"), validators=FIVE)
    teamwork = models.PositiveSmallIntegerField(_("teamwork"), validators=FIVE)
    text = models.TextField(_("opinion of the host"), max_length=2000)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("given by"), on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("given at"), null=True, blank=True)

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("appraisal")
        verbose_name_plural = _("appraisals")
        constraints = [
            models.CheckConstraint(
                condition=Q(diligence__range=(1, 5), skill__range=(1, 5), teamwork__range=(1, 5)),
                name="internships_appraisal_range",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_grade_display())


@tracked(exclude=["updated_at"])
class Feedback(Timestamped):
    """What the student says of the stay. The host never sees who said what; the county does."""

    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, related_name="feedback")
    work = models.PositiveSmallIntegerField(_("work"), validators=FIVE)
    guidance = models.PositiveSmallIntegerField(_("guidance by the mentor"), validators=FIVE)
    living = models.PositiveSmallIntegerField(_("lodging and meals"), validators=FIVE)
    would_return = models.BooleanField(_("would come again"), default=False)
    text = models.TextField(_("what should be better"), max_length=2000, blank=True)

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        constraints = [
            models.CheckConstraint(
                condition=Q(work__range=(1, 5), guidance__range=(1, 5), living__range=(1, 5)),
                name="internships_feedback_range",
            ),
        ]

    def __str__(self) -> str:
        return str(self.placement)


def new_code() -> str:
    """Return a code for a certificate's public page: 16 signs that nobody guesses or mistakes for one another."""
    signs = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    return "".join(secrets.choice(signs) for _place in range(16))


class Certificate(models.Model):
    """Proof of a stay. ``shown`` holds every value that the paper shows, and the public page shows nothing else.

    Written once; a mistake is mended by revoking it and issuing another.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="certificates")
    identifier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=30, unique=True)
    code = models.CharField(_("check code"), max_length=16, unique=True, default=new_code)
    shown = models.JSONField(_("what it shows"))
    issued_on = models.DateField(_("issued on"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("issued by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revocation_reason = models.CharField(_("why it was revoked"), max_length=300, blank=True)

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_on", "-pk"]
        triggers = [
            pgtrigger.Protect(name="kept_for_good", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="written_once", exclude=["revoked_on", "revocation_reason"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"],
                condition=Q(revoked_on__isnull=True),
                name="internships_certificate_one_valid",
                violation_error_message=_("A valid certificate of this stay exists: revoke it first."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True, revocation_reason="")
                | Q(revoked_on__isnull=False) & ~Q(revocation_reason=""),
                name="internships_certificate_revoked",
                violation_error_message=_("Say why it is revoked."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Return the public page that verifies the certificate."""
        return reverse("internships:certificate", args=[self.code])


class CertificateFile(KeptFile):
    """The certificate as a file."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="files")

    class Meta(KeptFile.Meta):
        verbose_name = _("file of a certificate")
        verbose_name_plural = _("files of certificates")
