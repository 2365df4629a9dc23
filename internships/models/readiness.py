"""What has to be there before a stay begins: the agreement of three parties, and insurance for the whole of it."""

import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from internships.enums import AgreementParty, SignatureWay, TemplateKind
from internships.models.kept_file import KeptFile
from internships.models.placement import Placement
from internships.querysets import InsuranceQuerySet
from wenxi_portal.core.history import tracked


class PaperTemplate(KeptFile):
    """A Word template as the office uploaded it. The newest version of a kind is in use; without one, the portal's own.

    ``note`` tells what changed.
    """

    kind = models.CharField(_("paper"), max_length=12, choices=TemplateKind)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    note = models.CharField(_("what changed"), max_length=200, blank=True)

    class Meta(KeptFile.Meta):
        verbose_name = _("Word template")
        verbose_name_plural = _("Word templates")
        ordering = ["kind", "-version"]
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="internships_papertemplate_version")]


class StayAgreement(KeptFile):
    """The three-party agreement on a stay as it was generated. New terms are a new version; the old one stays.

    ``starts_on`` and ``ends_on`` are the days the paper speaks of. ``basis`` is the fingerprint of the template and of
    the values filled in: the same basis is the same paper, so that a double click makes one version.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="agreements")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    template = models.ForeignKey(
        PaperTemplate, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="agreements"
    )
    basis = models.CharField(max_length=64, blank=True, editable=False, db_default="", default="")

    class Meta(KeptFile.Meta):
        verbose_name = _("three-party agreement")
        verbose_name_plural = _("three-party agreements")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "version"], name="internships_stayagreement_version"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="internships_stayagreement_period"),
        ]


class AgreementScan(KeptFile):
    """A signed and stamped agreement, scanned."""

    agreement = models.ForeignKey(StayAgreement, on_delete=models.PROTECT, related_name="scans")

    class Meta(KeptFile.Meta):
        verbose_name = _("scan of an agreement")
        verbose_name_plural = _("scans of agreements")


class AgreementSignature(models.Model):
    """A party agreed to one version of an agreement: by a signed paper or by its link. Written once."""

    agreement = models.ForeignKey(StayAgreement, on_delete=models.PROTECT, related_name="signatures")
    party = models.CharField(_("party"), max_length=8, choices=AgreementParty)
    way = models.CharField(_("how"), max_length=4, choices=SignatureWay)
    signer = models.CharField(_("signed by"), max_length=100)
    scan = models.ForeignKey(AgreementScan, on_delete=models.PROTECT, null=True, blank=True, related_name="signatures")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["at", "pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "party"],
                name="internships_signature_once",
                violation_error_message=_("This party has agreed already."),
            ),
            models.CheckConstraint(
                condition=Q(way=SignatureWay.SCAN, scan__isnull=False) | Q(way=SignatureWay.LINK, scan__isnull=True),
                name="internships_signature_way",
                violation_error_message=_("A signature on paper comes with its scan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()} {self.signer}"


class InsurancePaper(KeptFile):
    """The policy as the insurer issued it."""

    class Meta(KeptFile.Meta):
        verbose_name = _("insurance paper")
        verbose_name_plural = _("insurance papers")


@tracked()
class Insurance(models.Model):
    """Accident insurance of a stay for some days (both included). Several together may cover the whole stay.

    ``sum_insured`` is in yuan; the 330,000 of the published programme are the sum insured, not the premium.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="insurances")
    insurer = models.CharField(_("insurer"), max_length=100)
    policy_number = models.CharField(_("policy number"), max_length=60)
    sum_insured = models.DecimalField(
        _("sum insured in yuan"), max_digits=12, decimal_places=2, validators=[MinValueValidator(1)]
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    paper = models.ForeignKey(
        InsurancePaper, verbose_name=_("paper"), on_delete=models.PROTECT, null=True, blank=True, related_name="uses"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    entered_at = models.DateTimeField(auto_now_add=True)

    objects = InsuranceQuerySet.as_manager()

    class Meta:
        verbose_name = _("accident insurance")
        verbose_name_plural = _("accident insurances")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="internships_insurance_period",
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(sum_insured__gt=0),
                name="internships_insurance_sum",
                violation_error_message=_("Enter the sum insured in yuan."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | Q(cancelled_on__lte=F("ends_on")),
                name="internships_insurance_cancelled",
                violation_error_message=_("The insurance had ended by then."),
            ),
            models.UniqueConstraint(
                fields=["placement", "policy_number", "starts_on"],
                name="internships_insurance_once",
                violation_error_message=_("This insurance is on file already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.insurer} {self.policy_number}"
