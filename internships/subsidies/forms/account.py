"""The bank account of a student. A full card number is never shown again, not even to whoever typed it."""

import json
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.models import Student
from internships.subsidies.bank_cards import bank_names, card_digits, fits_check_digit, is_card, suggested_bank
from internships.subsidies.services.account import check_own_name
from wenxi_portal.core import cipher
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.masking import mask_card

# The fields that are never kept anywhere while somebody signs in again.
SECRET_FIELDS = ("card", "card_again", "kept_card", "is_odd_right")
_CONTEXT = "subsidies.card_in_form"
# So long (seconds) a card typed right may wait in the form, sealed, for the rest of the form.
_KEPT_FOR = 1800


class NeverShown(forms.TextInput):
    """A field for digits that comes back empty."""

    def format_value(self, value: Any) -> None:  # noqa: ARG002 - the widget's own signature
        """Show nothing of what was typed."""
        return


class BankNames(forms.TextInput):
    """A field with the names of the big banks to choose from."""

    template_name = "subsidies/widgets/bank_names.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the names."""
        context = super().get_context(name, value, {**(attrs or {}), "list": f"{name}_names"})
        return {**context, "bank_names": bank_names()}


def _digits(label: Any, help_text: Any = "") -> forms.CharField:
    widget = NeverShown(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=label, max_length=40, required=False, widget=widget, help_text=help_text)


class AccountFields(forms.Form):
    """Card typed twice, or once more when a digit does not fit; the bank is told by the card where it is known."""

    holder = forms.CharField(
        label=gettext_lazy("Account holder"), max_length=100,
        help_text=gettext_lazy("Your own name, as it stands on the card. Nobody else's account is paid."),
    )  # fmt: skip
    card = _digits(gettext_lazy("Card number"), gettext_lazy("16 to 19 digits; blanks do not matter."))
    card_again = _digits(gettext_lazy("Card number once more"))
    is_odd_right = forms.BooleanField(
        label=gettext_lazy("I have compared the number with the card: it is right"), required=False
    )
    bank = forms.CharField(
        label=gettext_lazy("Bank"), max_length=80, required=False, widget=BankNames,
        help_text=gettext_lazy("Leave it empty: the card tells the bank in most cases."),
    )  # fmt: skip
    branch = forms.CharField(label=gettext_lazy("Branch, if you know it"), max_length=120, required=False)
    kept_card = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, student: Student, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.student = student
        self.kept_number = ""
        self.fields["holder"].initial = student.name
        # Only asked when the check digit does not fit.
        self._odd = self.fields.pop("is_odd_right")

    def clean_holder(self) -> str:
        """Tell at once, beside the other fields, when the account is somebody else's."""
        holder: str = self.cleaned_data["holder"]
        try:
            check_own_name(student=self.student, holder=holder)
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return holder

    def clean(self) -> dict[str, Any]:
        """Compare the two numbers and look at the check digit; what was typed right need not be typed again."""
        values = super().clean() or {}
        number = self._number(values)
        if number:
            self._keep(number)
            values["card"] = number
            values["is_odd_right"] = self._asks_about_odd(number)
            if not values.get("bank"):
                values["bank"] = suggested_bank(number)
            if not values["bank"]:
                self.add_error("bank", _("Write which bank it is: its name stands on the card."))
        return values

    @property
    def account(self) -> dict[str, Any]:
        """What the service is handed."""
        names = ("holder", "card", "bank", "branch", "is_odd_right")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def masked_card(self) -> str:
        """The number that waits in the form, as it may be shown."""
        return mask_card(self.kept_number) if self.kept_number else ""

    def _number(self, values: dict[str, Any]) -> str:
        typed, again = card_digits(values.get("card") or ""), card_digits(values.get("card_again") or "")
        if not typed and not again and (kept := self._unsealed(values.get("kept_card") or "")):
            return kept
        if not typed:
            self.add_error("card", _("Type the card number."))
        elif not is_card(typed):
            self.add_error("card", _("A card number has 16 to 19 digits. Count once more, without blanks."))
        elif typed != again:
            self.add_error("card_again", _("The two numbers differ. Type both once more."))
        else:
            return typed
        return ""

    def _asks_about_odd(self, number: str) -> bool:
        """Return whether the student says that an odd number is right; ask where it was not said."""
        if fits_check_digit(number):
            return False
        self.fields = _after(self.fields, "card_again", {"is_odd_right": self._odd})
        if self.data.get(self.add_prefix("is_odd_right")):
            return True
        self.add_error(
            "is_odd_right",
            _("The last digit does not fit the others: a digit may be mistyped. Compare %(card)s with the card; type it"
              " anew, or confirm that it is right.") % {"card": mask_card(number)},
        )  # fmt: skip
        return False

    def _keep(self, number: str) -> None:
        self.kept_number = number
        note = {"card": number, "until": timezone.now().timestamp() + _KEPT_FOR}
        posted: Any = self.data
        data = posted.copy()
        data[self.add_prefix("kept_card")] = cipher.seal(json.dumps(note), context=self._context)
        self.data = data

    def _unsealed(self, kept: str) -> str:
        try:
            note = json.loads(cipher.unseal(kept, context=self._context)) if kept else {}
        except (cipher.CipherError, ValueError):
            return ""
        return str(note["card"]) if note and note["until"] > timezone.now().timestamp() else ""

    @property
    def _context(self) -> str:
        return f"{_CONTEXT}:{self.student.user_id}"


class AccountForm(AccountFields):
    """The account alone."""


def _after(fields: Any, name: str, more: dict[str, forms.Field]) -> Any:
    """Return ``fields`` with ``more`` behind the field ``name``."""
    ordered = type(fields)()
    for key, field in fields.items():
        ordered[key] = field
        if key == name:
            ordered.update(more)
    return ordered
