"""What natives fill in themselves."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talent.documents import read_document
from talent.enums import ContactLanguage, DocumentKind, PreferredChannel, StudyLevel
from talent.models import Registration
from talent.services.person import clean_name
from wenxi_portal.accounts.forms.fields import CodeField, IdentifierField, MobileField
from wenxi_portal.core.validators import validate_mobile

_NONE = [("", "—")]


def consent_text() -> str:
    """Return the text one agrees to; it is kept with the registration as it was read."""
    return _(
        "I agree that the talent office of Wenxi keeps what I enter here to stay in touch with me about home, "
        "talent programmes and cooperation, for no other purpose, and shows it to no stranger. My number is kept "
        "sealed. I can see, correct, copy and withdraw my data at any time."
    )


class RegisterForm(forms.Form):
    """The short form: who, how to reach, home, study, work."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    contact = IdentifierField(with_mobile=True)
    township = forms.CharField(label=gettext_lazy("Your home township in Wenxi"), max_length=30, required=False)
    university_name = forms.CharField(label=gettext_lazy("University"), max_length=120, required=False)
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=[*_NONE, *StudyLevel.choices], required=False)
    graduates_on = forms.DateField(
        label=gettext_lazy("Graduation"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    employer_name = forms.CharField(
        label=gettext_lazy("Employer"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    post = forms.CharField(
        label=gettext_lazy("Post"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    offer = forms.CharField(
        label=gettext_lazy("How you could help, or what you would like to know"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    id_number = forms.CharField(
        label=gettext_lazy("Resident ID number (may stay empty)"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("With it nobody enters you twice. It is kept sealed."),
    )
    consent = forms.BooleanField(label=gettext_lazy("I agree"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_mobile = bool(settings.PORTAL_SMS_GATEWAY)
        if not with_mobile:
            self.fields["contact"] = IdentifierField(with_mobile=False)
            self.order_fields(list(self.base_fields))

    def clean_name(self) -> str:
        """Bring the name into the form in which it is kept."""
        return clean_name(self.cleaned_data["name"])

    def clean_contact(self) -> str:
        """An address, or a mobile number where the portal can send text messages."""
        contact = self.cleaned_data["contact"]
        if "@" in contact:
            return forms.EmailField().clean(contact)
        if not settings.PORTAL_SMS_GATEWAY:
            raise ValidationError(_("Enter an e-mail address."))
        validate_mobile(contact)
        return contact

    def clean_id_number(self) -> str:
        """Read the number by the rules."""
        text = self.cleaned_data["id_number"]
        return read_document(DocumentKind.RESIDENT_ID, text).number if text.strip() else ""

    def clean(self) -> dict[str, Any]:
        """Study or work: one of them tells who somebody is."""
        values = super().clean() or {}
        if not values.get("university_name") and not values.get("employer_name"):
            self.add_error("university_name", _("Name your university or your employer."))
        return values

    def registration(self) -> Registration:
        """Return the registration these values make."""
        values = {
            name: value for name, value in self.cleaned_data.items() if name not in {"contact", "consent", "id_number"}
        }
        contact, number = self.cleaned_data["contact"], self.cleaned_data["id_number"]
        way = {"email": contact} if "@" in contact else {"mobile": contact}
        return Registration(
            **values,
            **way,
            id_number=number,
            document_kind=DocumentKind.RESIDENT_ID if number else "",
            consent_text=consent_text(),
        )


class CodeForm(forms.Form):
    """The code from the message."""

    code = CodeField()


class ChangedForm(forms.Form):
    """What has changed, in one's own words."""

    message = forms.CharField(
        label=gettext_lazy("What has changed?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class OwnDataForm(forms.Form):
    """What a person corrects alone, and a message about the rest."""

    mobile = MobileField(label=gettext_lazy("New mobile number"), required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    native_township = forms.CharField(label=gettext_lazy("Home township"), max_length=30, required=False)
    preferred_channel = forms.ChoiceField(
        label=gettext_lazy("How we may reach you"), choices=[*_NONE, *PreferredChannel.choices], required=False
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=ContactLanguage,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    message = forms.CharField(
        label=gettext_lazy("What else is to be corrected (name, study, work …)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WithdrawForm(forms.Form):
    """A yes."""

    sure = forms.BooleanField(label=gettext_lazy("Yes, erase my data for good"))
