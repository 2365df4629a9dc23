"""What a student says once and never again."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from internships.enums import Discipline, StudentPaperKind
from internships.models.kept_file import KeptFile
from internships.querysets import (
    EMERGENCY_CONTEXT,
    ENROLMENT_CONTEXT,
    ERASED,
    STUDENT_ID_CONTEXT,
    StudentPaperQuerySet,
    StudentQuerySet,
    student_id_index,
)
from talent.documents import check_birth_date
from talent.enums import DocumentKind, Sex, StudyLevel
from talent.models import Person
from wenxi_portal.core.append_only import kept_until_erased
from wenxi_portal.core.fields import SealedTextField
from wenxi_portal.core.history import tracked
from wenxi_portal.core.masking import mask_id_number, mask_mobile
from wenxi_portal.core.models import Revisioned, Timestamped
from wenxi_portal.core.validators import normalise_digits, validate_mobile
from wenxi_portal.organisations.models import Organisation


@tracked(exclude=["id_number", "id_index", "enrolment_code", "emergency_mobile", "updated_at"])
class Student(Revisioned, Timestamped):
    """The profile of an applicant: filled once, used for every application.

    ``level`` is the level being studied. ``person`` is the record in the talent databases; it is linked only where the
    account has proved to be that person, so that nobody reads another's record by knowing an ID number.
    ``enrolment_code`` is the check code of the national student register (学籍在线验证码).
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.PROTECT, related_name="student"
    )
    person = models.OneToOneField(
        Person,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="student",
    )
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=100)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, default=Sex.UNSAID)
    birth_date = models.DateField(_("date of birth"), validators=[check_birth_date])
    document_kind = models.CharField(_("kind of document"), max_length=12, choices=DocumentKind)
    id_number = SealedTextField(_("ID number"), context=STUDENT_ID_CONTEXT)
    id_index = models.CharField(max_length=64, editable=False)
    native_township = models.CharField(_("native township"), max_length=30, blank=True)
    university = models.ForeignKey(
        Organisation,
        verbose_name=_("university on file"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"kind": "university"},
        related_name="intern_students",
    )
    university_name = models.CharField(_("university"), max_length=120, blank=True)
    level = models.CharField(_("level being studied"), max_length=16, choices=StudyLevel)
    is_vocational = models.BooleanField(_("student of a vocational school"), default=False)
    major = models.CharField(_("major"), max_length=80)
    discipline = models.CharField(_("field of study"), max_length=2, choices=Discipline, blank=True)
    enrolled_on = models.DateField(_("enrolled on"), null=True, blank=True)
    graduates_on = models.DateField(_("graduation expected on"), null=True, blank=True)
    enrolment_code = SealedTextField(
        _("check code of the student register"), blank=True, default="", context=ENROLMENT_CONTEXT
    )
    enrolment_code_until = models.DateField(_("check code valid until"), null=True, blank=True)
    enrolment_checked_on = models.DateField(_("enrolment checked on"), null=True, blank=True, editable=False)
    enrolment_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("enrolment checked by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    emergency_name = models.CharField(_("emergency contact"), max_length=100)
    emergency_relation = models.CharField(_("relation"), max_length=40)
    emergency_mobile = SealedTextField(
        _("mobile of the emergency contact"), context=EMERGENCY_CONTEXT, validators=[validate_mobile]
    )
    skills = models.CharField(_("skills"), max_length=300, blank=True)
    wish = models.CharField(_("what you wish for"), max_length=300, blank=True)
    consent_on = models.DateField(_("consented on"))
    consent_text = models.TextField(_("consent given to this text"))
    is_demo = models.BooleanField(_("demo record"), default=False, editable=False)

    objects = StudentQuerySet.as_manager()

    class Meta:
        verbose_name = _("student")
        verbose_name_plural = _("students")
        ordering = ["name", "pk"]
        permissions = [("reveal_student", _("Can reveal ID and mobile numbers of students"))]
        constraints = [
            models.UniqueConstraint(
                fields=["id_index"],
                name="internships_student_id_unique",
                violation_error_message=_(
                    "Another account applies with this ID number already. Ask the office for help."
                ),
            ),
            models.CheckConstraint(
                condition=Q(university__isnull=False) | ~Q(university_name=""),
                name="internships_student_university",
                violation_error_message=_("Name the university."),
            ),
            models.CheckConstraint(
                condition=Q(enrolled_on__isnull=True)
                | Q(graduates_on__isnull=True)
                | Q(graduates_on__gt=F("enrolled_on")),
                name="internships_student_study_dates",
                violation_error_message=_("Graduation lies before enrolment."),
            ),
            models.CheckConstraint(
                condition=Q(enrolment_checked_on__isnull=True) | Q(enrolment_checked_by__isnull=False),
                name="internships_student_checked_by",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="internships_student_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the keyed index in step with what it indexes."""
        self.emergency_mobile = normalise_digits(self.emergency_mobile or "")
        self.id_index = student_id_index(self.id_number)
        fields = kwargs.get("update_fields")
        if fields is not None and "id_number" in fields:
            kwargs["update_fields"] = {*fields, "id_index"}
        super().save(*args, **kwargs)

    @property
    def is_erased(self) -> bool:
        """Whether the profile was erased: the row stands for stays and claims, and may be filled in anew."""
        return self.id_index.startswith(ERASED)

    @property
    def school(self) -> str:
        """The university's name."""
        return self.university.name if self.university else self.university_name

    @property
    def masked_id(self) -> str:
        """The ID number as it may be shown."""
        return mask_id_number(self.id_number)

    @property
    def masked_emergency_mobile(self) -> str:
        """The emergency contact's mobile number as it may be shown."""
        return mask_mobile(self.emergency_mobile)


class StudentPaper(KeptFile):
    """A paper of a student, asked for once and used again until it is replaced or no longer valid."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(_("kind"), max_length=10, choices=StudentPaperKind)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="replaced_by"
    )

    objects = StudentPaperQuerySet.as_manager()

    class Meta(KeptFile.Meta):
        verbose_name = _("student's paper")
        verbose_name_plural = _("students' papers")
        # Asked from the student, and the student's to take away again: retention erases them.
        triggers = [kept_until_erased()]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "kind", "sha256"],
                name="internships_studentpaper_once",
                violation_error_message=_("This paper is on file already."),
            ),
        ]
