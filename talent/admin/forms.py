"""Forms of the person page and of what is done there."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from talent.admin.dressed import DressedForm, dress
from talent.documents import read_document
from talent.enums import (
    ContactKind,
    ContactLanguage,
    DocumentKind,
    PreferredChannel,
    Sex,
    StudyLevel,
    TalentDatabase,
)
from talent.models import Channel, DatabaseMembership, Person
from talent.selectors.follow_up import officers, with_something_open
from wenxi_portal.accounts.forms.fields import MobileField
from wenxi_portal.accounts.models import User
from wenxi_portal.core.admin.saving import ServiceForm
from wenxi_portal.core.wording import word_list
from wenxi_portal.organisations.models import Organisation

_NONE = [("", "—")]
NEXT_CONTACT_DAYS = 30


class PersonForm(ServiceForm):
    """A person without what is sealed: ID number and mobile have pages of their own."""

    field_names = forms.CharField(
        label=gettext_lazy("fields of work"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Several with commas between."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("languages of contact"),
        choices=ContactLanguage,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Person
        fields = (
            "name",
            "former_names",
            "sex",
            "birth_date",
            "email",
            "native_township",
            "languages",
            "consent_on",
            "consent_purpose",
            "preferred_channel",
            "source",
            "owner_unit",
            "retain_until",
            "note",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["field_names"] = word_list(self.instance.fields.values_list("name", flat=True))
        for name in ("field_names", "languages"):
            if name in self.fields:
                dress(self.fields[name])


class DocumentForm(DressedForm):
    """A document that says who somebody is."""

    document_kind = forms.ChoiceField(
        label=gettext_lazy("kind of document"), choices=DocumentKind, initial=DocumentKind.RESIDENT_ID
    )
    id_number = forms.CharField(
        label=gettext_lazy("ID number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the number by the rules of its kind."""
        values = super().clean() or {}
        values["document"] = None
        if values.get("id_number"):
            try:
                values["document"] = read_document(values.get("document_kind", ""), values["id_number"])
            except ValidationError as error:
                self.add_error("id_number", error)
        return values


class EntryForm(DocumentForm):
    """A new person, document first."""

    id_number = forms.CharField(
        label=gettext_lazy("ID number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Begin here: the same number is the same person."),
    )
    no_id_reason = forms.CharField(
        label=gettext_lazy("why no ID number is on file"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Only when there is no number."),
    )
    name = forms.CharField(label=pgettext_lazy("of a person", "name"), max_length=100)
    sex = forms.ChoiceField(label=gettext_lazy("sex"), choices=Sex, required=False)
    birth_date = forms.DateField(label=gettext_lazy("date of birth"), required=False)
    mobile = MobileField(label=gettext_lazy("mobile"), required=False)
    email = forms.EmailField(label=gettext_lazy("e-mail"), required=False)
    native_township = forms.CharField(label=gettext_lazy("native township"), max_length=30, required=False)
    university_name = forms.CharField(
        label=gettext_lazy("university"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "universities"}),
    )
    level = forms.ChoiceField(label=gettext_lazy("level"), choices=[*_NONE, *StudyLevel.choices], required=False)
    major = forms.CharField(label=gettext_lazy("major"), max_length=80, required=False)
    employer_name = forms.CharField(label=gettext_lazy("employer"), max_length=120, required=False)
    post = forms.CharField(label=gettext_lazy("post"), max_length=80, required=False)
    field_names = forms.CharField(
        label=gettext_lazy("fields of work"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Several with commas between."),
    )
    database = forms.ChoiceField(
        label=gettext_lazy("database"), choices=[*_NONE, *TalentDatabase.choices], required=False
    )
    owner_unit = forms.ModelChoiceField(
        label=gettext_lazy("owner unit"), queryset=Organisation.objects.none(), required=False
    )
    preferred_channel = forms.ChoiceField(
        label=gettext_lazy("preferred way of contact"), choices=[*_NONE, *PreferredChannel.choices], required=False
    )
    consent_on = forms.DateField(label=gettext_lazy("consented on"), required=False)
    consent_purpose = forms.CharField(label=gettext_lazy("purpose of consent"), max_length=200, required=False)
    source = forms.CharField(label=gettext_lazy("source"), max_length=200, required=False)

    def __init__(self, *args: Any, units: Any, unit_required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner_unit"]
        field.queryset, field.required = units, unit_required
        field.widget.choices = field.choices
        found = list(units[:2])
        if len(found) == 1:
            field.initial = found[0].pk

    def clean(self) -> dict[str, Any]:
        """A number, or the reason why there is none."""
        values = super().clean()
        if not values.get("id_number") and not (values.get("no_id_reason") or "").strip():
            self.add_error("no_id_reason", _("Enter the ID number, or say why there is none."))
        return values


class MobileForm(DressedForm):
    """A mobile number; empty takes it away."""

    mobile = MobileField(label=gettext_lazy("mobile"), required=False)


class RevealForm(DressedForm):
    """Which values, and what for."""

    fields_shown = forms.MultipleChoiceField(
        label=gettext_lazy("What is to be shown"),
        choices=[
            ("id_number", gettext_lazy("ID number")),
            ("mobile", gettext_lazy("mobile")),
            ("email", gettext_lazy("e-mail")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=gettext_lazy("reason"), max_length=500, help_text=gettext_lazy("Stays with the record for good.")
    )


class WhyForm(DressedForm):
    """A reason."""

    reason = forms.CharField(
        label=gettext_lazy("reason"), max_length=500, help_text=gettext_lazy("Stays with the record for good.")
    )


class MoveForm(WhyForm):
    """A reason and a day."""

    on = forms.DateField(
        label=pgettext_lazy("day of a deed", "day"), required=False, help_text=gettext_lazy("Empty means today.")
    )


class JoinForm(WhyForm):
    """A database and why."""

    database = forms.ChoiceField(label=gettext_lazy("database"), choices=TalentDatabase)
    since = forms.DateField(label=gettext_lazy("since"), required=False, help_text=gettext_lazy("Empty means today."))


class LeaveForm(WhyForm):
    """Which database, since when no more, and why."""

    membership = forms.ModelChoiceField(
        label=gettext_lazy("database"), queryset=DatabaseMembership.objects.none(), empty_label=None
    )
    until = forms.DateField(
        label=gettext_lazy("last day"), required=False, help_text=gettext_lazy("Empty means today.")
    )
    field_order = ["membership", "until", "reason"]

    def __init__(self, *args: Any, memberships: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["membership"]
        field.queryset = memberships
        field.widget.choices = field.choices


class DecideForm(DressedForm):
    """Accept a proposal, or decline it with a reason."""

    accept = forms.TypedChoiceField(
        label=gettext_lazy("decision"),
        choices=[("1", gettext_lazy("Accept")), ("", gettext_lazy("Decline"))],
        coerce=bool,
        empty_value=False,
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("reason"), max_length=200, required=False, help_text=gettext_lazy("Needed to decline.")
    )


class ChannelForm(DressedForm):
    """A channel that somebody takes part in."""

    channel = forms.ModelChoiceField(label=gettext_lazy("channel"), queryset=Channel.objects.filter(is_active=True))
    part = forms.CharField(label=gettext_lazy("part played"), max_length=60, required=False)
    since = forms.DateField(label=gettext_lazy("since"), required=False)


class ContactForm(DressedForm):
    """A contact, filled in as it mostly is, so that one more click keeps it."""

    kind = forms.ChoiceField(label=pgettext_lazy("contact", "kind"), choices=ContactKind)
    on = forms.DateField(label=gettext_lazy("on"), initial=timezone.localdate)
    summary = forms.CharField(
        label=gettext_lazy("what was said"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    next_step = forms.CharField(label=gettext_lazy("next step"), max_length=200, required=False)
    next_due = forms.DateField(label=gettext_lazy("due on"), required=False)
    next_owner = forms.ModelChoiceField(
        label=gettext_lazy("who takes it"), queryset=User.objects.none(), required=False
    )
    no_step_reason = forms.CharField(
        label=gettext_lazy("why there is no next step"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Instead of a next step."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_officers(self.fields["next_owner"])

    def clean(self) -> dict[str, Any]:
        """A reason why there is no step takes the place of the suggested one."""
        values = super().clean() or {}
        step = {name: values.pop(name, None) for name in ("next_step", "next_due", "next_owner", "no_step_reason")}
        if step["no_step_reason"]:
            step = {"no_step_reason": step["no_step_reason"]}
        elif not (step["next_step"] and step["next_due"] and step["next_owner"]):
            self.add_error("next_step", _("Give the next step with a day and an owner, or say why there is none."))
        values["step"] = step
        return values


class SettleForm(DressedForm):
    """How a step ended."""

    to_state = forms.ChoiceField(
        label=gettext_lazy("outcome"), choices=[("done", gettext_lazy("Done")), ("dropped", gettext_lazy("Not taken"))]
    )
    note = forms.CharField(
        label=gettext_lazy("note"), max_length=200, required=False, help_text=gettext_lazy("Needed when not taken.")
    )


class RescheduleForm(DressedForm):
    """Another day, another owner."""

    next_due = forms.DateField(label=gettext_lazy("due on"))
    next_owner = forms.ModelChoiceField(label=gettext_lazy("who takes it"), queryset=User.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_officers(self.fields["next_owner"])


class OfficerForm(DressedForm):
    """Who answers for people."""

    officer = forms.ModelChoiceField(
        label=gettext_lazy("responsible officer"),
        queryset=User.objects.none(),
        required=False,
        help_text=gettext_lazy("Empty: whoever was last in touch answers for the person."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_officers(self.fields["officer"])


class HandOverForm(WhyForm):
    """Who leaves, who takes over."""

    from_user = forms.ModelChoiceField(label=gettext_lazy("who leaves"), queryset=User.objects.none())
    to_user = forms.ModelChoiceField(label=gettext_lazy("who takes over"), queryset=User.objects.none())
    field_order = ["from_user", "to_user", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leaving: Any = self.fields["from_user"]
        leaving.queryset = with_something_open()
        leaving.widget.choices = leaving.choices
        offer_officers(self.fields["to_user"])


class AcceptForm(DressedForm):
    """Where an accepted registration goes."""

    database = forms.ChoiceField(
        label=gettext_lazy("database"), choices=[*_NONE, *TalentDatabase.choices], required=False
    )
    owner_unit = forms.ModelChoiceField(
        label=gettext_lazy("owner unit"), queryset=Organisation.objects.none(), required=False
    )
    reason = forms.CharField(label=gettext_lazy("note"), max_length=500, required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner_unit"]
        field.queryset = units
        field.widget.choices = field.choices


class PaperForm(DressedForm):
    """A signed paper."""

    title = forms.CharField(label=gettext_lazy("title"), max_length=120, required=False)
    upload = forms.FileField(label=gettext_lazy("file"))


def offer_officers(field: Any) -> None:
    """Let ``field`` offer the accounts that may own a step."""
    field.queryset = officers()
    field.widget.choices = field.choices


def contact_initial(user: Any) -> dict[str, Any]:
    """Return what a contact mostly says: a call today, again in a month, by the same officer."""
    return {
        "kind": ContactKind.CALL,
        "next_step": _("Get in touch again"),
        "next_due": timezone.localdate() + timedelta(days=NEXT_CONTACT_DAYS),
        "next_owner": user.pk,
    }
