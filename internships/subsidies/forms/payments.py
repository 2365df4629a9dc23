"""What the deeds of payment ask."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import UnfoldAdminPasswordWidget, UnfoldBooleanWidget

from internships.models import Student
from internships.subsidies.enums import BankFileKind, PackScope
from internships.subsidies.models import AuditPack, BudgetLine, PaymentBatch, Scheme
from internships.subsidies.selectors.payable import Wanted
from talent.admin.dressed import DressedForm
from wenxi_portal.organisations.models import Organisation

STAYS = _("Stays with the record.")


def _reason(help_text: Any = STAYS) -> forms.CharField:
    return forms.CharField(
        label=_("reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=help_text
    )


def _offer(form: forms.Form, name: str, queryset: Any) -> None:
    field: Any = form.fields[name]
    field.queryset = queryset


class WhyForm(DressedForm):
    """A reason."""

    reason = _reason()


class BudgetLineForm(DressedForm):
    """A new budget line."""

    year = forms.IntegerField(label=_("year"), min_value=2000, max_value=2100)
    code = forms.CharField(label=_("code"), max_length=30)
    name = forms.CharField(label=_("name"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = timezone.localdate().year


class AllotForm(DressedForm):
    """What is allotted, and by which document."""

    amount = forms.DecimalField(label=_("amount in yuan"), max_digits=14, decimal_places=2)
    document = forms.CharField(label=_("document"), max_length=120, help_text=_("Number of the paper that says so."))
    note = forms.CharField(label=_("note"), max_length=300, required=False)


class DraftForm(DressedForm):
    """Which cleared claims go into a new batch; what is left empty does not narrow."""

    title = forms.CharField(label=_("title"), max_length=120)
    budget_line = forms.ModelChoiceField(label=_("budget line"), queryset=BudgetLine.objects.none())
    scheme = forms.ModelChoiceField(label=_("scheme"), queryset=Scheme.objects.none(), required=False)
    lead_unit = forms.ModelChoiceField(label=_("lead unit"), queryset=Organisation.objects.none(), required=False)
    host = forms.ModelChoiceField(label=_("host"), queryset=Organisation.objects.none(), required=False)
    university = forms.ModelChoiceField(label=_("university"), queryset=Organisation.objects.none(), required=False)
    until = forms.DateField(label=_("claims up to this last day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "budget_line": BudgetLine.objects.filter(year=timezone.localdate().year),
            "scheme": Scheme.objects.all(),
            "lead_unit": Organisation.objects.lead_units().in_name_order(),
            "host": Organisation.objects.filter(kind="host").in_name_order(),
            "university": Organisation.objects.filter(kind="university").in_name_order(),
        }
        for name, queryset in choices.items():
            _offer(self, name, queryset)

    @staticmethod
    def wanted(values: dict[str, Any]) -> Wanted:
        """Return the filters that the checked values say."""
        keys = {
            name: values[name].pk if values[name] else None for name in ("scheme", "lead_unit", "host", "university")
        }
        return Wanted(**keys, until=values["until"])


class ResultForm(DressedForm):
    """The file that the bank sent back."""

    upload = forms.FileField(label=_("result of the bank"), help_text=_(".xlsx, .xls or .csv, as the bank sent it."))


class FileForm(DressedForm):
    """Which file, what for, and under which password."""

    kind = forms.ChoiceField(label=_("file"), choices=BankFileKind.choices)
    reason = _reason(_("What the file is for. Stays on record."))
    password = forms.CharField(
        label=_("password of the file"), required=False, max_length=100,
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
        help_text=_("For the workbook: at least 8 characters. Tell it to the bank by telephone or in person; we do not "
                    "keep it."),
    )  # fmt: skip
    unprotected = forms.BooleanField(
        label=_("The bank's own channel protects the CSV file"), required=False, widget=UnfoldBooleanWidget(),
        help_text=_("A CSV file carries no password."),
    )  # fmt: skip


class SettleRecoveryForm(DressedForm):
    """On which day, and how."""

    on = forms.DateField(label=_("on"))
    note = forms.CharField(label=_("how it was settled"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate


class PackForm(DressedForm):
    """What an auditor's pack is about, and what for."""

    scope = forms.ChoiceField(label=pgettext_lazy("auditor's pack", "about"), choices=PackScope.choices)
    student = forms.ModelChoiceField(label=_("student"), queryset=Student.objects.none(), required=False)
    batch = forms.ModelChoiceField(label=_("payment batch"), queryset=PaymentBatch.objects.none(), required=False)
    starts_on = forms.DateField(label=_("first day"), required=False)
    ends_on = forms.DateField(label=_("last day"), required=False)
    reason = _reason(_("What the pack is for. Stays on record."))
    reveals = forms.BooleanField(
        label=_("ID and card numbers in full"), required=False, widget=UnfoldBooleanWidget(),
        help_text=_("Only for whoever may see them; stays on record. Otherwise numbers are masked."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Thousands of names are searched, not listed.
        self.fields["student"].widget = AutocompleteSelect(AuditPack._meta.get_field("student"), admin.site)
        _offer(self, "student", Student.objects.all())
        _offer(self, "batch", PaymentBatch.objects.exclude(lines_hash=""))
        self.fields["starts_on"].initial = date(timezone.localdate().year, 1, 1)
        self.fields["ends_on"].initial = timezone.localdate

    def clean(self) -> dict[str, Any]:
        """Keep what belongs to the scope, and nothing else."""
        values = super().clean() or {}
        belongs = {
            PackScope.STUDENT: {"student"},
            PackScope.BATCH: {"batch"},
            PackScope.PERIOD: {"starts_on", "ends_on"},
        }
        mine = belongs.get(PackScope(values["scope"]), set()) if values.get("scope") else set()
        for name in ("student", "batch", "starts_on", "ends_on"):
            if name in mine and not values.get(name) and name not in self.errors:
                self.add_error(name, _("This is needed."))
            elif name not in mine:
                values[name] = None
        return values
