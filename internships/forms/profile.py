"""The profile, one question group a page."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from internships.enums import Discipline
from internships.forms.fields import DayField, plain_text
from internships.selectors.ages import age_on
from talent.documents import IdentityDocument, check_birth_date, read_document
from talent.enums import DocumentKind, Sex, StudyLevel
from talent.services.person import clean_name
from wenxi_portal.accounts.forms.fields import MobileField
from wenxi_portal.organisations.models import Organisation

_NONE = [("", "—")]


def consent_text() -> str:
    """Return the text one agrees to; it is kept with the profile as it was read."""
    return _(
        "I agree that the internship office of Wenxi keeps what I enter here to arrange internships for me, and for no "
        "other purpose. My ID number and the numbers of my contacts are kept sealed. Hosts see my application when I "
        "submit it, and how to reach me only when they have shortlisted me. The office adds my record to the county's "
        "talent databases. I can see, correct, copy and withdraw my data at any time."
    )


class PersonForm(forms.Form):
    """Who somebody is, from the document."""

    name = forms.CharField(
        label=gettext_lazy("Your name, as on the document"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    document_kind = forms.ChoiceField(label=gettext_lazy("Kind of document"), choices=DocumentKind.choices)
    id_number = forms.CharField(
        label=gettext_lazy("Number of the document"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
        help_text=gettext_lazy("Kept sealed. Hosts and universities never see it."),
    )
    birth_date = DayField(
        label=gettext_lazy("Date of birth"), required=False, help_text=gettext_lazy("Only for a passport.")
    )
    sex = forms.ChoiceField(
        label=pgettext_lazy("of a person", "Sex"),
        choices=Sex.choices,
        initial=Sex.UNSAID,
        required=False,
        help_text=gettext_lazy("Only for a passport."),
    )
    native_township = forms.CharField(
        label=gettext_lazy("Your home township in Wenxi, if you come from here"), max_length=30, required=False
    )
    document: IdentityDocument | None = None

    def clean_name(self) -> str:
        """Bring the name into the form in which it is kept."""
        return clean_name(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        """Read the document by the rules; refuse who is too young."""
        values = super().clean() or {}
        if "id_number" not in values or "document_kind" not in values:
            return values
        try:
            self.document = read_document(values["document_kind"], values["id_number"])
        except ValidationError as refusal:
            self.add_error("id_number", refusal)
            return values
        born = self.document.birth_date or values.get("birth_date")
        field = "id_number" if self.document.birth_date else "birth_date"
        if born is None:
            self.add_error("birth_date", _("A passport number does not tell when you were born: enter it."))
            return values
        try:
            check_birth_date(born)
        except ValidationError as refusal:
            self.add_error(field, refusal)
            return values
        if age_on(born, timezone.localdate()) < settings.YOUNGEST_INTERN:
            self.add_error(field, _("Interns are at least %(age)d years old.") % {"age": settings.YOUNGEST_INTERN})
        return values | {"birth_date": born}

    @property
    def is_minor(self) -> bool:
        """Tell whether a guardian's consent will be needed."""
        born = self.cleaned_data.get("birth_date") if self.is_bound and self.is_valid() else None
        return born is not None and age_on(born, timezone.localdate()) < settings.ADULT

    def values(self) -> dict[str, Any]:
        """Return what the profile keeps of it beside the document."""
        sex = self.cleaned_data["sex"] or Sex.UNSAID
        return {name: self.cleaned_data[name] for name in ("name", "birth_date", "native_township")} | {"sex": sex}


class HomeForm(forms.Form):
    """What one may change of this page once the profile is made."""

    native_township = forms.CharField(
        label=gettext_lazy("Your home township in Wenxi, if you come from here"), max_length=30, required=False
    )

    def values(self) -> dict[str, Any]:
        """Return what the profile keeps."""
        return dict(self.cleaned_data)


class StudyForm(forms.Form):
    """Where and what somebody studies."""

    school = forms.CharField(
        label=gettext_lazy("University or school"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "universities", "autocomplete": "organization"}),
        help_text=gettext_lazy("Begin to type and choose from the list; write the full name if it is not there."),
    )
    level = forms.ChoiceField(label=gettext_lazy("Level you are studying for"), choices=[*_NONE, *StudyLevel.choices])
    is_vocational = forms.BooleanField(label=gettext_lazy("It is a vocational school or college"), required=False)
    major = forms.CharField(label=gettext_lazy("Major"), max_length=80)
    discipline = forms.ChoiceField(
        label=gettext_lazy("Field of study"), choices=[*_NONE, *Discipline.choices], required=False
    )
    enrolled_on = DayField(label=gettext_lazy("Enrolled on"), required=False)
    graduates_on = DayField(label=gettext_lazy("Graduation expected on"))

    def clean(self) -> dict[str, Any]:
        """Graduation comes after enrolment and lies ahead."""
        values = super().clean() or {}
        begun, ends = values.get("enrolled_on"), values.get("graduates_on")
        if begun and begun > timezone.localdate():
            self.add_error("enrolled_on", _("This day lies in the future."))
        if begun and ends and ends <= begun:
            self.add_error("graduates_on", _("Graduation lies before enrolment."))
        elif ends and ends < timezone.localdate():
            self.add_error("graduates_on", _("This day lies in the past. Internships are for those who still study."))
        return values

    def values(self) -> dict[str, Any]:
        """Return what the profile keeps; a university on file is named by its record."""
        values = dict(self.cleaned_data)
        name = " ".join(values.pop("school").split())
        university = Organisation.objects.universities().public().filter(name=name).first()
        return values | {"university": university, "university_name": "" if university else name}


class EmergencyForm(forms.Form):
    """Whom to call when something happens."""

    emergency_name = forms.CharField(label=gettext_lazy("Name of your emergency contact"), max_length=100)
    emergency_relation = forms.CharField(
        label=gettext_lazy("What this person is to you (father, aunt, teacher …)"), max_length=40
    )
    emergency_mobile = MobileField(
        label=gettext_lazy("Mobile number of this person"),
        help_text=gettext_lazy("Kept sealed; used in an emergency only."),
    )

    def values(self) -> dict[str, Any]:
        """Return what the profile keeps."""
        return dict(self.cleaned_data)


class WishesForm(forms.Form):
    """What somebody can and wants; the consent when the profile is made."""

    skills = forms.CharField(
        label=gettext_lazy("What you are good at"), max_length=300, required=False, widget=plain_text(2)
    )
    wish = forms.CharField(
        label=gettext_lazy("What you would like to do in Wenxi"), max_length=300, required=False, widget=plain_text(2)
    )

    def values(self) -> dict[str, Any]:
        """Return what the profile keeps."""
        return {"skills": self.cleaned_data["skills"], "wish": self.cleaned_data["wish"]}


class WishesAndConsentForm(WishesForm):
    """The same with the consent, asked once."""

    consent = forms.BooleanField(
        label=gettext_lazy("I have read this and agree"),
        error_messages={"required": gettext_lazy("Without your consent the profile cannot be kept.")},
    )


class ProofForm(forms.Form):
    """The check code of the student register, or the paper."""

    enrolment_code = forms.CharField(
        label=gettext_lazy("Online check code of the student register"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
        help_text=gettext_lazy("From your report on the national student register."),
    )
    enrolment_code_until = DayField(label=gettext_lazy("The code is valid until"), required=False)
    upload = forms.FileField(
        label=gettext_lazy("Or upload the certificate of enrolment"),
        required=False,
        help_text=gettext_lazy("PDF, Word, JPEG or PNG."),
    )

    def clean_enrolment_code(self) -> str:
        """Codes are copied with blanks and dashes."""
        return self.cleaned_data["enrolment_code"].replace(" ", "").replace("-", "").upper()

    def clean(self) -> dict[str, Any]:
        """One of the two, and a code that still holds."""
        values = super().clean() or {}
        until = values.get("enrolment_code_until")
        if not values.get("enrolment_code") and not values.get("upload") and not self.errors:
            self.add_error("enrolment_code", _("Enter the code, or upload the certificate."))
        if values.get("enrolment_code") and until and until < timezone.localdate():
            self.add_error("enrolment_code_until", _("This code no longer holds. Ask the register for a new one."))
        return values

    def values(self) -> dict[str, Any]:
        """Return what the profile keeps."""
        return {name: self.cleaned_data[name] for name in ("enrolment_code", "enrolment_code_until")}
