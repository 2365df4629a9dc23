"""Schemes, and the dated versions of what they pay."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from internships.ranges import DateRange
from internships.subsidies.enums import POLICY_BADGES, PolicyPart, PolicyState, RequiredPaper, Rhythm, SchemeKind
from internships.subsidies.querysets import PolicyQuerySet
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.bilingual import plain_name
from wenxi_portal.core.content_version import moves_content_version
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Revisioned, Timestamped
from wenxi_portal.core.personal_numbers import PUBLIC_TEXT
from wenxi_portal.core.transitions import StateChange
from wenxi_portal.organisations.models import Organisation

# An approved version may only be given its last day, once, when a newer version takes its place.
KEEP_APPROVED = f"""
    IF TG_OP = 'DELETE' OR OLD.state = '{PolicyState.APPROVED.value}' THEN
        IF TG_OP = 'UPDATE'
            AND OLD.valid_until IS NULL AND NEW.valid_until IS NOT NULL
            AND to_jsonb(NEW) - '{{valid_until,revision,updated_at}}'::text[]
                = to_jsonb(OLD) - '{{valid_until,revision,updated_at}}'::text[]
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'subsidies_policy_approved_is_final';
    END IF;
    RETURN NEW;
"""
KEEP_HOSTS = f"""
    IF EXISTS (
        SELECT 1 FROM subsidies_policy AS policy
        WHERE policy.id = coalesce(NEW.policy_id, OLD.policy_id) AND policy.state = '{PolicyState.APPROVED.value}'
    ) THEN
        RAISE EXCEPTION 'subsidies_policy_approved_is_final';
    END IF;
    RETURN coalesce(NEW, OLD);
"""  # noqa: S608 - words of our own


class Scheme(models.Model):
    """What the county pays for under one name: the monthly allowance, the retention bonus."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=80, validators=PUBLIC_TEXT)
    name_en = models.CharField(_("English name"), max_length=120, blank=True, validators=PUBLIC_TEXT)
    kind = models.CharField(_("kind"), max_length=10, choices=SchemeKind)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("scheme")
        verbose_name_plural = _("schemes")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SchemeKind.values), name="subsidies_scheme_kind_known")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def display_name(self) -> str:
        """The name in the reader's language, where an English one is on file."""
        return plain_name(self.name, self.name_en)


@tracked(exclude=["updated_at"])
class Policy(Revisioned, Timestamped):
    """One dated version of a scheme (days both included). Versions in force never overlap.

    ``rules`` holds rates, counting rule and milestones as data, read by ``internships.subsidies.rules``. Amounts are
    yuan; an empty cap is no cap. ``is_sample`` marks values that no paper of the county gives (示例参数), the
    ``published_parts`` aside, which ``source`` names. A document number that is not known stays empty (待补录).
    """

    scheme = models.ForeignKey(Scheme, verbose_name=_("scheme"), on_delete=models.PROTECT, related_name="policies")
    version = models.PositiveSmallIntegerField(_("version"), editable=False)
    state = models.CharField(_("state"), max_length=10, choices=PolicyState, default=PolicyState.DRAFT, editable=False)
    document_number = models.CharField(_("document number"), max_length=60, blank=True, validators=PUBLIC_TEXT)
    title = models.CharField(_("title"), max_length=120, validators=PUBLIC_TEXT)
    text = models.TextField(_("text of the policy"), max_length=20000, blank=True, validators=PUBLIC_TEXT)
    valid_from = models.DateField(_("in force from"))
    valid_until = models.DateField(_("in force until"), null=True, blank=True)
    rules = models.JSONField(_("rates and counting rule"), default=dict)
    rhythm = models.CharField(_("claimed"), max_length=8, choices=Rhythm, default=Rhythm.AT_END)
    papers = ArrayField(
        models.CharField(max_length=16, choices=RequiredPaper), verbose_name=_("papers"), default=list, blank=True
    )
    most_months = models.DecimalField(
        _("months a person at most"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    most_a_person = models.DecimalField(
        _("yuan a person at most, over a lifetime"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    most_a_base_year = models.DecimalField(
        _("yuan a base and year at most"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    most_a_batch = models.DecimalField(
        _("yuan a batch at most"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    window_days = models.PositiveSmallIntegerField(
        _("days to claim, after the period"), default=60, validators=[MinValueValidator(1)]
    )
    notice_working_days = models.PositiveSmallIntegerField(
        _("working days of public notice"), default=5, validators=[MinValueValidator(1)]
    )
    group_from = models.DecimalField(
        _("the leading group decides from this amount"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    recheck_percent = models.PositiveSmallIntegerField(_("share re-checked, in percent"), default=10)
    is_sample = models.BooleanField(_("sample parameters"), default=False)
    published_parts = ArrayField(
        models.CharField(max_length=10, choices=PolicyPart),
        verbose_name=_("parts that a published source names"),
        default=list,
        db_default=Value("{}"),
        blank=True,
    )
    source = models.CharField(_("source"), max_length=200, blank=True, db_default="", validators=PUBLIC_TEXT)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("approved by"), on_delete=models.PROTECT, null=True, blank=True,
        editable=False, related_name="+",
    )  # fmt: skip
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True, editable=False)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        ordering = ["scheme", "-valid_from", "-version"]
        permissions = [("approve_policy", _("Can approve a policy drafted by somebody else"))]
        triggers = [
            moves_content_version(),
            pgtrigger.Trigger(
                name="approved_is_final",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=KEEP_APPROVED,
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "version"], name="subsidies_policy_version"),
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="subsidies_policy_rhythm_known"),
            models.CheckConstraint(condition=Q(state__in=PolicyState.values), name="subsidies_policy_state_known"),
            ExclusionConstraint(
                name="subsidies_policy_one_in_force",
                expressions=[
                    ("scheme", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_until", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(state=PolicyState.APPROVED),
                violation_error_message=_("Another approved version of this scheme is in force on some of these days."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="subsidies_policy_period",
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(state=PolicyState.APPROVED, approved_at__isnull=False)
                | ~Q(state=PolicyState.APPROVED) & Q(approved_at__isnull=True, approved_by__isnull=True),
                name="subsidies_policy_approved",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(drafted_by__isnull=True) | ~Q(approved_by=F("drafted_by")),
                name="subsidies_policy_two_people",
                violation_error_message=_("Whoever drafted a policy does not approve it."),
            ),
            models.CheckConstraint(
                condition=(Q(most_months__isnull=True) | Q(most_months__gt=0))
                & (Q(most_a_person__isnull=True) | Q(most_a_person__gt=0))
                & (Q(most_a_base_year__isnull=True) | Q(most_a_base_year__gt=0))
                & (Q(most_a_batch__isnull=True) | Q(most_a_batch__gt=0))
                & (Q(group_from__isnull=True) | Q(group_from__gt=0)),
                name="subsidies_policy_caps",
                violation_error_message=_("A cap is more than zero, or empty."),
            ),
            models.CheckConstraint(
                condition=Q(recheck_percent__lte=100, notice_working_days__gte=1, window_days__gte=1),
                name="subsidies_policy_numbers",
                violation_error_message=_("A share lies between 0 and 100 percent, a number of days is at least 1."),
            ),
        ]

    def __str__(self) -> str:
        if self.document_number:
            return f"{self.scheme} {self.document_number}"
        words = gettext("%(scheme)s, version %(version)s (document number not on file yet)")
        return words % {"scheme": self.scheme, "version": self.version}

    @property
    def cited(self) -> str:
        """The document number, or that it is not on file."""
        return self.document_number or gettext("Document number not on file yet")

    def get_absolute_url(self) -> str:
        """Return the public page of this version."""
        return reverse("subsidies:policy", args=[self.scheme.code, self.version])

    @property
    def is_approved(self) -> bool:
        """Whether this version binds."""
        return bool(self.state == PolicyState.APPROVED)

    @property
    def badge(self) -> Badge:
        """How the state looks."""
        return POLICY_BADGES[PolicyState(self.state)]

    def is_sample_part(self, part: PolicyPart) -> bool:
        """Whether the values of ``part`` are sample parameters."""
        return self.is_sample and part not in self.published_parts


class PolicyHost(models.Model):
    """A host to which a policy applies. A policy without any applies to all hosts."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="policy_hosts")
    host = models.ForeignKey(Organisation, verbose_name=_("host"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("host of a policy")
        verbose_name_plural = _("hosts of a policy")
        triggers = [
            pgtrigger.Trigger(
                name="approved_is_final",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=KEEP_HOSTS,
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "host"],
                name="subsidies_policyhost_once",
                violation_error_message=_("This host is named already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.host)


class PolicyStateChange(StateChange):
    """One move of a policy."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="state_changes")

    class Meta(StateChange.Meta):
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
