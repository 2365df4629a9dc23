"""One person, one record, for life."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talent.documents import check_birth_date
from talent.enums import PERSON_BADGES, ContactLanguage, DocumentKind, PersonState, PreferredChannel, Sex
from talent.querysets import ID_CONTEXT, MOBILE_CONTEXT, PersonQuerySet, id_index, mobile_index
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.fields import SealedTextField
from wenxi_portal.core.history import tracked
from wenxi_portal.core.masking import mask_email, mask_id_number, mask_mobile
from wenxi_portal.core.models import Revisioned, Timestamped
from wenxi_portal.core.transitions import StateChange
from wenxi_portal.core.validators import normalise_digits, validate_mobile
from wenxi_portal.organisations.models import Organisation

# What is sealed or derived leaves no copy in the field history.
NOT_KEPT_TWICE = [
    "id_number",
    "id_index",
    "mobile",
    "mobile_index",
    "search_vector",
    "indexed_at",
    "sort_key",
    "updated_at",
]


class FieldTag(models.Model):
    """A field of work or study, named once."""

    name = models.CharField(_("field"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("field of work")
        verbose_name_plural = _("fields of work")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@tracked(exclude=NOT_KEPT_TWICE, by_statement=True)
class Person(Revisioned, Timestamped):
    """A person the county knows. ID number and mobile are sealed and found by keyed indexes.

    The databases, the education and the work are rows of their own. ``last_contacted_on`` is derived from contacts.
    ``officer`` answers for the person by name; where nobody is named, whoever was last in touch does.
    """

    state = models.CharField(_("state"), max_length=10, choices=PersonState, default=PersonState.ACTIVE, editable=False)
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=100)
    former_names = models.CharField(_("former names"), max_length=200, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, default=Sex.UNKNOWN)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True, validators=[check_birth_date])
    document_kind = models.CharField(_("kind of document"), max_length=12, choices=DocumentKind, blank=True)
    id_number = SealedTextField(_("ID number"), blank=True, default="", context=ID_CONTEXT)
    id_index = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001
    no_id_reason = models.CharField(_("why no ID number is on file"), max_length=120, blank=True)
    mobile = SealedTextField(_("mobile"), blank=True, default="", context=MOBILE_CONTEXT, validators=[validate_mobile])
    mobile_index = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001
    email = models.EmailField(_("e-mail"), blank=True)
    native_township = models.CharField(_("native township"), max_length=30, blank=True)
    languages = ArrayField(
        models.CharField(max_length=8, choices=ContactLanguage),
        verbose_name=_("languages of contact"),
        default=list,
        blank=True,
    )
    fields = models.ManyToManyField(
        FieldTag, verbose_name=_("fields of work"), through="PersonField", related_name="people", blank=True
    )
    consent_on = models.DateField(_("consented on"), null=True, blank=True)
    consent_purpose = models.CharField(_("purpose of consent"), max_length=200, blank=True)
    preferred_channel = models.CharField(
        _("preferred way of contact"), max_length=8, choices=PreferredChannel, blank=True
    )
    source = models.CharField(_("source"), max_length=200, blank=True)
    owner_unit = models.ForeignKey(
        Organisation,
        verbose_name=_("owner unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_people",
    )
    # Written by services/officer.py alone. The index below holds only the people who have one.
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible officer"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="people_in_charge",
    )
    retain_until = models.DateField(_("kept until"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="person",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="absorbed",
    )
    last_contacted_on = models.DateField(_("last contact"), null=True, blank=True, editable=False)
    last_checked_on = models.DateField(_("last confirmed"), null=True, blank=True, editable=False)
    is_demo = models.BooleanField(_("demo record"), default=False, editable=False)
    sort_key = models.CharField(max_length=600, editable=False, default="")
    search_vector = SearchVectorField(editable=False, null=True)
    indexed_at = models.DateTimeField(editable=False, null=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]
        permissions = [
            ("reveal_person", _("Can reveal ID and mobile numbers")),
            ("merge_person", _("Can merge records of one person")),
            ("hand_over", _("Can hand over what an officer has open")),
        ]
        indexes = [
            GinIndex(fields=["search_vector"], name="talent_person_search"),
            models.Index(fields=["sort_key", "id"], name="talent_person_sort"),
            models.Index(fields=["owner_unit", "sort_key"], name="talent_person_unit"),
            models.Index(fields=["native_township", "sort_key"], name="talent_person_township"),
            models.Index(fields=["updated_at", "id"], name="talent_person_changed"),
            models.Index(fields=["id"], name="talent_person_unindexed", condition=Q(indexed_at__isnull=True)),
            models.Index(fields=["name", "birth_date"], name="talent_person_name_birth"),
            # What a scan for reminders asks: who changed since the latest look.
            models.Index(fields=["updated_at"], name="talent_person_updated"),
            # Who was in touch lately, for the search of chains. A person who comes in by a sheet is not in it.
            models.Index(
                fields=["-last_contacted_on", "id"],
                name="talent_person_touched",
                condition=Q(last_contacted_on__isnull=False),
            ),
            models.Index(fields=["officer"], name="talent_person_officer", condition=Q(officer__isnull=False)),
            # Said here and not on the fields: there they would bring a second index each, for LIKE, that nobody asks.
            models.Index(fields=["mobile_index"], name="talent_person_mobile"),
            models.Index(fields=["email"], name="talent_person_email"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["id_index"],
                name="talent_person_id_unique",
                violation_error_message=_("A person with this ID number is already on file."),
            ),
            models.CheckConstraint(
                condition=Q(id_index__isnull=True, document_kind="") | Q(id_index__isnull=False) & ~Q(document_kind=""),
                name="talent_person_document",
                violation_error_message=_("Give the kind of document together with its number."),
            ),
            models.CheckConstraint(
                condition=Q(state=PersonState.MERGED, merged_into__isnull=False)
                | ~Q(state=PersonState.MERGED) & Q(merged_into__isnull=True),
                name="talent_person_merged",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="talent_person_not_itself"
            ),
            models.CheckConstraint(
                condition=~Q(state=PersonState.WITHDRAWN)
                | Q(id_index__isnull=True, mobile_index__isnull=True, email=""),
                name="talent_person_withdrawn_erased",
            ),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=True) | Q(birth_date__gte="1890-01-01"),
                name="talent_person_birth",
                violation_error_message=_("The date of birth lies too far back."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="talent_person_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the keyed indexes in step with what they index."""
        self.mobile = normalise_digits(self.mobile or "")
        self.mobile_index = mobile_index(self.mobile) if self.mobile else None
        self.id_index = id_index(self.id_number) if self.id_number else None
        self.email = self.email.strip().lower()
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, *(f"{each}_index" for each in ("id", "mobile") if _of(each) in fields)}
        super().save(*args, **kwargs)

    @property
    def badge(self) -> Badge:
        """How the state looks."""
        return PERSON_BADGES[PersonState(self.state)]

    @property
    def masked_id(self) -> str:
        """The ID number as it may be shown."""
        return mask_id_number(self.id_number) if self.id_number else ""

    @property
    def masked_mobile(self) -> str:
        """The mobile number as it may be shown."""
        return mask_mobile(self.mobile) if self.mobile else ""

    @property
    def masked_email(self) -> str:
        """The e-mail address as it may be shown."""
        return mask_email(self.email) if self.email else ""


def _of(index: str) -> str:
    return "id_number" if index == "id" else index


class PersonField(models.Model):
    """A person works or studies in a field."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="field_links")
    tag = models.ForeignKey(FieldTag, verbose_name=_("field"), on_delete=models.PROTECT, related_name="links")

    class Meta:
        verbose_name = _("field of work")
        verbose_name_plural = _("fields of work")
        constraints = [models.UniqueConstraint(fields=["person", "tag"], name="talent_personfield_once")]

    def __str__(self) -> str:
        return str(self.tag)


class PersonStateChange(StateChange):
    """One move of a person's record."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="state_changes")

    class Meta(StateChange.Meta):
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")
