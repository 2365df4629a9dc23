"""An agreement, who is party to it, and its way."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bases.enums import AGREEMENT_BADGES, AgreementKind, AgreementState, PartySide
from bases.models.base import Base
from bases.querysets import AgreementQuerySet
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.content_version import moves_content_version
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Revisioned, Timestamped
from wenxi_portal.core.personal_numbers import PUBLIC_TEXT
from wenxi_portal.core.transitions import StateChange
from wenxi_portal.organisations.models import Organisation


@tracked(exclude=["search_vector", "indexed_at", "updated_at"])
class Agreement(Revisioned, Timestamped):
    """A paper between the county and its partners, from intent to its end.

    A renewal or an amendment is a new row that points back. ``papers`` tells for how many signed papers the row
    stands: one as a rule, more where a source gives only a sum, empty where it gives none.
    """

    title = models.CharField(_("title"), max_length=160, validators=PUBLIC_TEXT)
    title_en = models.CharField(_("title (English)"), max_length=240, blank=True, validators=PUBLIC_TEXT)
    kind = models.CharField(_("kind"), max_length=12, choices=AgreementKind)
    state = models.CharField(
        _("state"), max_length=10, choices=AgreementState, default=AgreementState.INTENT, editable=False
    )
    lead_unit = models.ForeignKey(
        Organisation,
        verbose_name=_("lead unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"kind": "lead_unit"},
        related_name="led_agreements",
    )
    bases = models.ManyToManyField(
        Base, verbose_name=_("bases"), through="AgreementBase", related_name="agreements", blank=True
    )
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_year = models.PositiveSmallIntegerField(_("year of signing"), null=True, blank=True)
    date_note = models.CharField(_("note on the date"), max_length=120, blank=True, validators=PUBLIC_TEXT)
    date_note_en = models.CharField(_("note on the date (English)"), max_length=160, blank=True, validators=PUBLIC_TEXT)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    terminated_on = models.DateField(_("terminated on"), null=True, blank=True, editable=False)
    renews = models.ForeignKey(
        "self", verbose_name=_("renews"), on_delete=models.PROTECT, null=True, blank=True, related_name="renewals"
    )
    amends = models.ForeignKey(
        "self", verbose_name=_("amends"), on_delete=models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    papers = models.PositiveSmallIntegerField(
        _("signed papers it stands for"), null=True, blank=True, default=1, validators=[MinValueValidator(1)]
    )
    summary = models.TextField(_("summary"), max_length=2000, blank=True, validators=PUBLIC_TEXT)
    summary_en = models.TextField(_("summary (English)"), max_length=3000, blank=True, validators=PUBLIC_TEXT)
    source = models.CharField(_("source"), max_length=200, blank=True, validators=PUBLIC_TEXT)
    is_public = models.BooleanField(_("shown to the public"), default=False)
    is_demo = models.BooleanField(_("demo record"), default=False, editable=False)
    search_vector = SearchVectorField(editable=False, null=True)
    indexed_at = models.DateTimeField(editable=False, null=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-signed_on", "-signed_year", "-pk"]
        permissions = [("move_agreement", _("Can change the state of an agreement"))]
        indexes = [
            GinIndex(fields=["search_vector"], name="bases_agreement_search"),
            models.Index(fields=["state", "valid_until"]),
        ]
        triggers = [moves_content_version()]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "signed_on"],
                nulls_distinct=False,
                name="bases_agreement_title_unique",
                violation_error_message=_("An agreement of this title and date is already on file."),
            ),
            models.CheckConstraint(condition=Q(kind__in=AgreementKind.values), name="bases_agreement_kind_known"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="bases_agreement_validity",
                violation_error_message=_("An agreement cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True)
                | Q(signed_year__isnull=False, signed_year=ExtractYear("signed_on")),
                name="bases_agreement_signed_year",
                violation_error_message=_("The year of signing is not that of the date."),
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | Q(valid_until__isnull=True) | Q(valid_until__gte=F("signed_on")),
                name="bases_agreement_ends_after_signing",
                violation_error_message=_("An agreement cannot end before it was signed."),
            ),
            models.CheckConstraint(
                condition=Q(papers__isnull=True) | Q(papers__gte=1),
                name="bases_agreement_papers_positive",
                violation_error_message=_("An agreement stands for one paper at least."),
            ),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.INTENT) | Q(signed_on__isnull=True, signed_year__isnull=True),
                name="bases_agreement_intent_unsigned",
                violation_error_message=_("An intent has no date of signing: sign it to enter the date."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[AgreementState.SIGNED, AgreementState.EXPIRED])
                | Q(signed_year__isnull=False)
                | ~Q(date_note=""),
                name="bases_agreement_signed_with_date_or_note",
                violation_error_message=_("Give the date or year of signing, or a note why it is not known."),
            ),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.EXPIRED) | Q(valid_until__isnull=False),
                name="bases_agreement_expired_with_end",
                violation_error_message=_("Only an agreement with a last day can expire."),
            ),
            models.CheckConstraint(
                condition=Q(state=AgreementState.TERMINATED, terminated_on__isnull=False)
                | ~Q(state=AgreementState.TERMINATED) & Q(terminated_on__isnull=True),
                name="bases_agreement_terminated_with_date",
                violation_error_message=_(
                    "A terminated agreement, and only a terminated one, has a date of termination."
                ),
            ),
            models.CheckConstraint(
                condition=Q(renews__isnull=True) | Q(amends__isnull=True),
                name="bases_agreement_renews_or_amends",
                violation_error_message=_("An agreement either renews or amends another, not both."),
            ),
            models.CheckConstraint(
                condition=(Q(renews__isnull=True) | ~Q(renews=F("id"))) & (Q(amends__isnull=True) | ~Q(amends=F("id"))),
                name="bases_agreement_not_own_successor",
                violation_error_message=_("An agreement cannot renew or amend itself."),
            ),
            models.UniqueConstraint(
                fields=["renews"],
                condition=~Q(state=AgreementState.TERMINATED),
                name="bases_agreement_renewed_once",
                violation_error_message=_("This agreement already has a renewal."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=AgreementState.values),
                name="bases_agreement_state_known",
                violation_error_message=_("This is not a state of an agreement."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a day of signing that has not come."""
        super().clean()
        today = timezone.localdate()
        if (self.signed_on and self.signed_on > today) or (self.signed_year and self.signed_year > today.year):
            field = "signed_on" if self.signed_on and self.signed_on > today else "signed_year"
            raise ValidationError({field: _("The day lies in the future.")}, code="future")

    @property
    def display_title(self) -> str:
        """The title in the reader's language, where an English one is on file."""
        return self.title_en if self.title_en and get_language() == "en" else self.title

    @property
    def badge(self) -> Badge:
        """How the state looks."""
        return AGREEMENT_BADGES[AgreementState(self.state)]


@tracked()
class AgreementParty(models.Model):
    """A party as it stands in the paper; ``organisation`` links to the record on file, where there is one."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    name = models.CharField(_("name as signed"), max_length=120)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation on file"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreement_parties",
    )
    side = models.CharField(_("side"), max_length=10, choices=PartySide)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["pk"]
        triggers = [moves_content_version()]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "name"],
                name="bases_agreementparty_once",
                violation_error_message=_("This party is already listed."),
            ),
            models.CheckConstraint(condition=Q(side__in=PartySide.values), name="bases_agreementparty_side_known"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class AgreementBase(models.Model):
    """A base that rests on an agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="base_links")
    base = models.ForeignKey(Base, verbose_name=_("base"), on_delete=models.PROTECT, related_name="agreement_links")

    class Meta:
        verbose_name = _("base of an agreement")
        verbose_name_plural = _("bases of an agreement")
        ordering = ["pk"]
        triggers = [moves_content_version()]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "base"],
                name="bases_agreementbase_once",
                violation_error_message=_("This base is already listed."),
            )
        ]

    def __str__(self) -> str:
        return str(self.base)


class AgreementStateChange(StateChange):
    """One move of an agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="state_changes")

    class Meta(StateChange.Meta):
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")
        abstract = False

    def __str__(self) -> str:
        return f"{self.agreement}: {self.from_state} → {self.to_state}"
