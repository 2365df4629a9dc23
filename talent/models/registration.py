"""Somebody registers, and is asked once a year whether everything still holds."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talent.enums import (
    REGISTRATION_BADGES,
    DocumentKind,
    PreferredChannel,
    RegistrationState,
    SelfCheckAnswer,
    Sex,
    StudyLevel,
)
from talent.models.person import Person
from talent.querysets import (
    REGISTRATION_ID_CONTEXT,
    REGISTRATION_MOBILE_CONTEXT,
    OfPersonQuerySet,
    RegistrationQuerySet,
    mobile_index,
)
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.fields import SealedTextField
from wenxi_portal.core.masking import mask_email, mask_id_number, mask_mobile
from wenxi_portal.core.transitions import StateChange
from wenxi_portal.core.validators import validate_mobile


class Registration(models.Model):
    """What a native wrote about himself or herself. It waits for the code, then for an officer.

    ``contact_index`` finds what came from one mobile number or address; ``code_index`` is the code's fingerprint.
    """

    state = models.CharField(
        _("state"), max_length=12, choices=RegistrationState, default=RegistrationState.UNCONFIRMED
    )
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=100)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, default=Sex.UNSAID)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    document_kind = models.CharField(_("kind of document"), max_length=12, choices=DocumentKind, blank=True)
    id_number = SealedTextField(_("ID number"), blank=True, default="", context=REGISTRATION_ID_CONTEXT)
    mobile = SealedTextField(
        _("mobile"), blank=True, default="", context=REGISTRATION_MOBILE_CONTEXT, validators=[validate_mobile]
    )
    email = models.EmailField(_("e-mail"), blank=True)
    contact_index = models.CharField(max_length=64, editable=False, db_index=True)
    township = models.CharField(_("native township"), max_length=30, blank=True)
    university_name = models.CharField(_("university"), max_length=120, blank=True)
    level = models.CharField(_("level"), max_length=16, choices=StudyLevel, blank=True)
    major = models.CharField(_("major"), max_length=80, blank=True)
    graduates_on = models.DateField(_("graduation"), null=True, blank=True)
    employer_name = models.CharField(_("employer"), max_length=120, blank=True)
    post = models.CharField(_("post"), max_length=80, blank=True)
    offer = models.CharField(_("how you could help"), max_length=500, blank=True)
    preferred_channel = models.CharField(
        _("preferred way of contact"), max_length=8, choices=PreferredChannel, blank=True
    )
    consent_text = models.TextField(_("consent given to this text"))
    code_index = models.CharField(max_length=64, editable=False, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("registered at"), null=True, blank=True, editable=False)
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="registrations",
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("self-registration")
        verbose_name_plural = _("self-registrations")
        ordering = ["submitted_at", "pk"]
        indexes = [models.Index(fields=["state", "submitted_at"], name="talent_registration_queue")]
        permissions = [("decide_registration", _("Can decide on self-registrations"))]
        constraints = [
            models.UniqueConstraint(
                fields=["contact_index", "name"],
                condition=Q(state=RegistrationState.SUBMITTED),
                name="talent_registration_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(state=RegistrationState.UNCONFIRMED, submitted_at__isnull=True)
                | ~Q(state=RegistrationState.UNCONFIRMED) & Q(submitted_at__isnull=False),
                name="talent_registration_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.ACCEPTED) | Q(person__isnull=False),
                name="talent_registration_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the index of the way of contact in step."""
        self.email = self.email.strip().lower()
        self.contact_index = mobile_index(self.mobile or self.email)
        super().save(*args, **kwargs)

    @property
    def badge(self) -> Badge:
        """How the state looks."""
        return REGISTRATION_BADGES[RegistrationState(self.state)]

    @property
    def masked_id(self) -> str:
        """The ID number as it may be shown."""
        return mask_id_number(self.id_number) if self.id_number else ""

    @property
    def masked_contact(self) -> str:
        """Mobile number or e-mail as it may be shown."""
        return mask_mobile(self.mobile) if self.mobile else mask_email(self.email)


class RegistrationStateChange(StateChange):
    """One move of a registration."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="state_changes")

    class Meta(StateChange.Meta):
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")


# How long the link of a yearly question holds, in calendar days.
LINK_DAYS = 60


class SelfCheck(models.Model):
    """The question “is everything still correct?”, asked once a year through a signed link that expires.

    ``asked_by`` is empty when the portal asked by itself. ``sent_at`` is when the message had left; until then the
    hourly run sends it again, with the same link.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="self_checks")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)
    send_tries = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    expires_at = models.DateTimeField(_("link holds until"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=8, choices=SelfCheckAnswer, blank=True)
    message = models.CharField(_("what changed"), max_length=500, blank=True)
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly question")
        verbose_name_plural = _("yearly questions")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-asked_at"], name="talent_selfcheck_person"),
            # What a scan for reminders asks: which questions were put or answered since the latest look.
            models.Index(fields=["asked_at"], name="talent_selfcheck_asked"),
            models.Index(
                fields=["answered_at"], name="talent_selfcheck_answered", condition=Q(answered_at__isnull=False)
            ),
            models.Index(
                fields=["expires_at"],
                name="talent_selfcheck_unsent",
                condition=Q(sent_at__isnull=True, answered_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="talent_selfcheck_answered",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("asked_at")), name="talent_selfcheck_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.asked_at:%Y-%m-%d}"
