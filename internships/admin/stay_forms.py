"""What the deeds on a stay ask."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy

from internships.enums import AgreementParty, Outcome, TemplateKind
from internships.models import Application, Insurance, Placement, Position
from internships.services.insurance import Policy
from talent.admin.dressed import DressedForm
from wenxi_portal.accounts.models import User
from wenxi_portal.organisations.models import Organisation

ON, FIRST, LAST = gettext_lazy("on"), gettext_lazy("first day"), gettext_lazy("last day")
MENTOR, OFFICER = gettext_lazy("mentor at the host"), gettext_lazy("officer in charge")


class StayForm(DressedForm):
    """A form about one stay; days begin with today."""

    def __init__(self, *args: Any, stay: Placement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stay = stay
        if "on" in self.fields and self.fields["on"].initial is None:
            self.fields["on"].initial = timezone.localdate


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label)


def _reason() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Stays with the record."),
    )  # fmt: skip


def _officers() -> Any:
    return User.objects.filter(is_staff=True, is_active=True).order_by("name", "pk")


class OnForm(StayForm):
    """A day."""

    on = _day(ON)


class WhyForm(StayForm):
    """A reason."""

    reason = _reason()


class OnWhyForm(StayForm):
    """A day and a reason."""

    on = _day(ON)
    reason = _reason()


class ExtendForm(StayForm):
    """A new last day."""

    ends_on = _day(gettext_lazy("new last day"))
    reason = _reason()


class MoveDaysForm(StayForm):
    """Other days."""

    starts_on = _day(FIRST)
    ends_on = _day(LAST)
    reason = _reason()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.stay:
            self.fields["starts_on"].initial, self.fields["ends_on"].initial = self.stay.starts_on, self.stay.ends_on


class PlaceForm(DressedForm):
    """The days of a new stay, and who looks after it."""

    starts_on = _day(FIRST)
    ends_on = _day(LAST)
    mentor = forms.CharField(label=MENTOR, max_length=100, required=False)
    officer = forms.ModelChoiceField(label=OFFICER, queryset=User.objects.none(), required=False)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        position = application.position
        first = max(application.available_from or position.starts_on, position.starts_on, timezone.localdate())
        self.fields["starts_on"].initial = first
        self.fields["ends_on"].initial = min(application.available_until or position.ends_on, position.ends_on)
        _choose(self.fields["officer"], _officers())


class AssignForm(StayForm):
    """Mentor and officer."""

    mentor = forms.CharField(label=MENTOR, max_length=100, required=False)
    officer = forms.ModelChoiceField(label=OFFICER, queryset=User.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["officer"], _officers())
        if self.stay:
            self.fields["mentor"].initial, self.fields["officer"].initial = self.stay.mentor, self.stay.officer_id


class TransferForm(StayForm):
    """Where to, from when, until when."""

    position = forms.ModelChoiceField(
        label=gettext_lazy("new position"),
        queryset=Position.objects.none(),
        help_text=gettext_lazy("Published positions with a free seat."),
    )
    on = forms.DateField(label=gettext_lazy("last day at the present post"))
    ends_on = forms.DateField(label=gettext_lazy("last day at the new post"))
    reason = _reason()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.stay:
            _choose(self.fields["position"], positions_with_seats(self.stay))
            self.fields["ends_on"].initial = self.stay.ends_on


class InsuranceForm(StayForm):
    """A policy."""

    insurer = forms.CharField(label=gettext_lazy("insurer"), max_length=100)
    policy_number = forms.CharField(label=gettext_lazy("policy number"), max_length=60)
    sum_insured = forms.DecimalField(
        label=gettext_lazy("sum insured in yuan"), max_digits=12, decimal_places=2, min_value=1,
        help_text=gettext_lazy("For each person; not the premium."),
    )  # fmt: skip
    starts_on = _day(FIRST)
    ends_on = _day(LAST)
    upload = forms.FileField(label=gettext_lazy("paper of the policy"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sum_insured"].initial = settings.INSURANCE_SUM
        if self.stay:
            self.fields["starts_on"].initial, self.fields["ends_on"].initial = self.stay.starts_on, self.stay.ends_on

    @staticmethod
    def policy(values: dict[str, Any]) -> Policy:
        """Return the policy that checked values make."""
        return Policy(**{name: values[name] for name in Policy.__slots__})


class CancelInsuranceForm(StayForm):
    """Which insurance, and from when."""

    insurance = forms.ModelChoiceField(label=gettext_lazy("insurance"), queryset=Insurance.objects.none())
    on = forms.DateField(label=gettext_lazy("covers nothing from"))
    reason = _reason()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.stay:
            _choose(self.fields["insurance"], self.stay.insurances.filter(cancelled_on__isnull=True))


class ScanForm(StayForm):
    """The stamped paper, and who signed it."""

    upload = forms.FileField(label=gettext_lazy("scan (PDF, JPEG, PNG)"))
    student = forms.CharField(label=gettext_lazy("signed by the student"), max_length=100, required=False)
    host = forms.CharField(label=gettext_lazy("signed for the host by"), max_length=100, required=False)
    school = forms.CharField(label=gettext_lazy("signed for the university by"), max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.stay:
            self.fields["student"].initial = self.stay.student.name

    @staticmethod
    def signers(values: dict[str, Any]) -> dict[AgreementParty, str]:
        """Return who signed for which party."""
        return {party: values.get(party.value, "") for party in AgreementParty}


class SendLinkForm(StayForm):
    """To whom the link goes."""

    party = forms.ChoiceField(label=gettext_lazy("party"), choices=AgreementParty, initial=AgreementParty.SCHOOL)
    email = forms.EmailField(label=gettext_lazy("e-mail"))


class UploadForm(StayForm):
    """A paper."""

    upload = forms.FileField(label=gettext_lazy("scan (PDF, JPEG, PNG)"))


class OutcomeForm(StayForm):
    """What followed."""

    outcome = forms.TypedChoiceField(label=gettext_lazy("outcome"), choices=Outcome, coerce=Outcome)
    employer = forms.ModelChoiceField(
        label=gettext_lazy("employer"),
        queryset=Organisation.objects.none(),
        required=False,
        help_text=gettext_lazy("Only for who was hired; empty: the host."),
    )
    contract_on = forms.DateField(label=gettext_lazy("date of the employment contract"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["employer"], Organisation.objects.hosts().in_name_order())


class TemplateForm(DressedForm):
    """A new version of a template."""

    kind = forms.TypedChoiceField(label=gettext_lazy("paper"), choices=TemplateKind, coerce=TemplateKind)
    upload = forms.FileField(label=gettext_lazy("Word template (.docx)"))
    note = forms.CharField(label=gettext_lazy("what changed"), max_length=200, required=False)


def positions_with_seats(stay: Placement) -> Any:
    """Return the published positions with a free seat, other than the present one."""
    return Position.objects.with_free_seat().exclude(pk=stay.position_id).select_related("host")


def _choose(field: Any, rows: Any) -> None:
    field.queryset = rows
    field.widget.choices = field.choices
