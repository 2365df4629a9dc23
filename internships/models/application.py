"""A student applies for a position; a university may have nominated the student."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from internships.enums import (
    ACTIVE_STATES,
    APPLICATION_BADGES,
    HOLDERS,
    NOMINATION_BADGES,
    SEATED_STATES,
    ApplicationState,
    Holder,
    NominationState,
)
from internships.models.position import Position
from internships.models.student import Student, StudentPaper
from internships.querysets import (
    NOMINATION_CONTEXT,
    ApplicationQuerySet,
    NominationQuerySet,
    nomination_index,
)
from talent.enums import StudyLevel
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.fields import SealedTextField
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Revisioned, Timestamped
from wenxi_portal.core.transitions import StateChange
from wenxi_portal.core.validators import normalise_digits, validate_mobile
from wenxi_portal.organisations.models import Organisation

_SEATED = ", ".join(f"'{state.value}'" for state in SEATED_STATES)
# The position's counter moves with the state, and its CHECK refuses the seat too many: whoever writes, by whatever way.
COUNT_SEATS = f"""
    IF TG_OP = 'UPDATE' AND NEW.position_id <> OLD.position_id THEN
        RAISE EXCEPTION 'an application stays with its position' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP <> 'INSERT' AND OLD.state IN ({_SEATED}) AND (TG_OP = 'DELETE' OR NEW.state NOT IN ({_SEATED})) THEN
        UPDATE internships_position SET seats_taken = seats_taken - 1 WHERE id = OLD.position_id;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.state IN ({_SEATED}) AND (TG_OP = 'INSERT' OR OLD.state NOT IN ({_SEATED})) THEN
        UPDATE internships_position SET seats_taken = seats_taken + 1 WHERE id = NEW.position_id;
    END IF;
    RETURN NULL;
"""  # noqa: S608 - words of our own


@tracked(exclude=["updated_at"])
class Application(Revisioned, Timestamped):
    """A student's application for a position.

    ``answer_due_on`` is the day until which the one who has the case answers; ``offer_until`` the moment at which an
    unanswered offer lapses (China Standard Time when shown). The lowest ``wait_rank`` of a position moves up first;
    ranks only grow, so that nobody's changes when others leave.
    """

    position = models.ForeignKey(
        Position, verbose_name=_("position"), on_delete=models.PROTECT, related_name="applications"
    )
    student = models.ForeignKey(
        Student, verbose_name=_("student"), on_delete=models.PROTECT, related_name="applications"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=ApplicationState, default=ApplicationState.DRAFT, editable=False
    )
    letter = models.TextField(_("why this position"), max_length=1500, blank=True)
    available_from = models.DateField(_("available from"), null=True, blank=True)
    available_until = models.DateField(_("available until"), null=True, blank=True)
    wants_lodging = models.BooleanField(_("needs lodging"), default=False)
    wants_transport = models.BooleanField(_("needs transport"), default=False)
    papers = models.ManyToManyField(StudentPaper, verbose_name=_("papers"), related_name="applications", blank=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    in_state_since = models.DateTimeField(_("in this state since"), auto_now_add=True)
    answer_due_on = models.DateField(_("answer due on"), null=True, blank=True, editable=False)
    offer_until = models.DateTimeField(_("offer open until"), null=True, blank=True, editable=False)
    wait_rank = models.PositiveSmallIntegerField(_("place on the waiting list"), null=True, blank=True, editable=False)
    last_opinion = models.CharField(_("opinion"), max_length=500, blank=True, editable=False)
    is_demo = models.BooleanField(_("demo record"), default=False, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("for an internship", "application")
        verbose_name_plural = pgettext_lazy("for internships", "applications")
        ordering = ["-submitted_at", "-pk"]
        permissions = [("decide_application", _("Can decide on applications in place of a host"))]
        indexes = [
            models.Index(fields=["position", "state"], name="internships_app_position"),
            models.Index(fields=["student", "state"], name="internships_app_student"),
            models.Index(fields=["state", "answer_due_on"], name="internships_app_due"),
            models.Index(fields=["offer_until"], name="internships_app_offer", condition=Q(state="offered")),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="counts_seats",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=COUNT_SEATS,
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "position"],
                condition=Q(state__in=[*ACTIVE_STATES, ApplicationState.PLACED]),
                name="internships_application_once",
                violation_error_message=_("You have an application for this position already."),
            ),
            models.UniqueConstraint(
                fields=["position", "wait_rank"],
                condition=Q(wait_rank__isnull=False),
                name="internships_application_rank_once",
                violation_error_message=_("This place on the waiting list is taken."),
            ),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.OFFERED, offer_until__isnull=False)
                | ~Q(state=ApplicationState.OFFERED) & Q(offer_until__isnull=True),
                name="internships_application_offer_until",
                violation_error_message=_("An offer, and only an offer, has a deadline."),
            ),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.WAIT_LISTED, wait_rank__isnull=False)
                | ~Q(state=ApplicationState.WAIT_LISTED) & Q(wait_rank__isnull=True),
                name="internships_application_wait_rank",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=False)
                | Q(state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN, ApplicationState.LAPSED]),
                name="internships_application_submitted",
            ),
            models.CheckConstraint(
                condition=Q(available_from__isnull=True)
                | Q(available_until__isnull=True)
                | Q(available_until__gte=F("available_from")),
                name="internships_application_available",
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=ApplicationState.values),
                name="internships_application_state_known",
                violation_error_message=_("This is not a state of an application."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} – {self.position}"

    def get_absolute_url(self) -> str:
        """Return the student's page of this application."""
        return reverse("my_internships:application", args=[self.pk])

    @property
    def badge(self) -> Badge:
        """How the state looks."""
        return APPLICATION_BADGES[ApplicationState(self.state)]

    @property
    def holder(self) -> Holder:
        """Who has the case now."""
        return HOLDERS[ApplicationState(self.state)]


class ApplicationStateChange(StateChange):
    """One move of an application."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="state_changes")

    class Meta(StateChange.Meta):
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


@tracked(exclude=["mobile", "contact_index", "updated_at", "words_next_at", "words_sent_at", "words_tries"])
class Nomination(Timestamped):
    """A university proposes a student for a position; it becomes an application when the student confirms."""

    university = models.ForeignKey(
        Organisation, verbose_name=_("university"), on_delete=models.PROTECT, related_name="nominations"
    )
    position = models.ForeignKey(
        Position, verbose_name=_("position"), on_delete=models.PROTECT, related_name="nominations"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=NominationState, default=NominationState.WAITING, editable=False
    )
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=100)
    mobile = SealedTextField(
        _("mobile"), blank=True, default="", context=NOMINATION_CONTEXT, validators=[validate_mobile]
    )
    email = models.EmailField(_("e-mail"), blank=True)
    contact_index = models.CharField(max_length=64, editable=False, db_index=True)
    level = models.CharField(_("level being studied"), max_length=16, choices=StudyLevel, blank=True)
    major = models.CharField(_("major"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    answer_until = models.DateField(_("answer until"))
    nominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )
    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="nomination"
    )

    # The words to the student: when they are (next) to be sent, when they were, how often it was tried.
    words_next_at = models.DateTimeField(null=True, blank=True, editable=False)
    words_sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    words_tries = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "answer_until"], name="internships_nomination_due"),
            models.Index(
                fields=["words_next_at"],
                condition=Q(words_next_at__isnull=False),
                name="internships_nomination_words",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["position", "contact_index"],
                condition=Q(state__in=[NominationState.WAITING, NominationState.CONFIRMED]),
                name="internships_nomination_once",
                violation_error_message=_("This student is nominated for the position already."),
            ),
            models.CheckConstraint(
                condition=Q(state=NominationState.CONFIRMED, application__isnull=False)
                | ~Q(state=NominationState.CONFIRMED) & Q(application__isnull=True),
                name="internships_nomination_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the index of the way of contact in step."""
        self.mobile = normalise_digits(self.mobile or "")
        self.email = self.email.strip().lower()
        self.contact_index = nomination_index(self.mobile or self.email)
        super().save(*args, **kwargs)

    @property
    def was_not_reached(self) -> bool:
        """Whether the words to the student were tried in vain and are tried no more."""
        return bool(self.words_tries and self.words_sent_at is None and self.words_next_at is None)

    @property
    def badge(self) -> Badge:
        """How the state looks."""
        return NOMINATION_BADGES[NominationState(self.state)]
