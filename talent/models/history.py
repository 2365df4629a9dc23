"""What somebody studied and where somebody worked."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talent.enums import StudyLevel
from talent.models.person import Person
from wenxi_portal.core.history import tracked
from wenxi_portal.organisations.models import Organisation


@tracked(by_statement=True)
class Education(models.Model):
    """A time of study. ``university`` names one on file; ``university_name`` says it as the person did."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="educations")
    university = models.ForeignKey(
        Organisation,
        verbose_name=_("university on file"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"kind": "university"},
        related_name="students_on_file",
        db_index=False,
    )
    university_name = models.CharField(_("university"), max_length=120, blank=True)
    level = models.CharField(_("level"), max_length=16, choices=StudyLevel, blank=True)
    major = models.CharField(_("major"), max_length=80, blank=True)
    started_on = models.DateField(pgettext_lazy("period", "from"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("education")
        verbose_name_plural = _("education")
        ordering = ["-ended_on", "-started_on", "-pk"]
        indexes = [
            models.Index(fields=["university_name"], name="talent_education_university"),
            # With the person: who studied there is told without a look at the table.
            models.Index(fields=["university", "person"], name="talent_education_place"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(university__isnull=False) | ~Q(university_name=""),
                name="talent_education_where",
                violation_error_message=_("Name the university."),
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="talent_education_dates",
                violation_error_message=_("It cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.place, self.get_level_display() if self.level else "", self.major]))

    @property
    def place(self) -> str:
        """The university's name."""
        return self.university.name if self.university else self.university_name


@tracked(by_statement=True)
class Employment(models.Model):
    """A time of work. ``employer`` names one on file; ``employer_name`` says it as the person did."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="employments")
    employer = models.ForeignKey(
        Organisation,
        verbose_name=_("employer on file"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="staff_on_file",
    )
    employer_name = models.CharField(_("employer"), max_length=120, blank=True)
    post = models.CharField(_("post"), max_length=80, blank=True)
    field = models.CharField(_("field"), max_length=40, blank=True)
    city = models.CharField(_("city"), max_length=40, blank=True)
    started_on = models.DateField(pgettext_lazy("period", "from"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("employment")
        verbose_name_plural = _("employment")
        ordering = [F("ended_on").desc(nulls_first=True), "-started_on", "-pk"]
        indexes = [models.Index(fields=["employer_name"], name="talent_employment_employer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(employer__isnull=False) | ~Q(employer_name=""),
                name="talent_employment_where",
                violation_error_message=_("Name the employer."),
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="talent_employment_dates",
                violation_error_message=_("It cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.place, self.post]))

    @property
    def place(self) -> str:
        """The employer's name."""
        return self.employer.name if self.employer else self.employer_name
