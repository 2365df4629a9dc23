"""Forms of the accounts' admin."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminEmailInputWidget,
    UnfoldAdminSelect2Widget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from wenxi_portal.accounts.admin.leaving import why_not_leave
from wenxi_portal.accounts.enums import STAFF_ROLES, Role
from wenxi_portal.accounts.models import User


class UserForm(forms.ModelForm):  # type: ignore[type-arg]
    """Name, whether the account may be used, and roles. Nobody changes the own roles or switches themselves off."""

    roles = forms.MultipleChoiceField(
        label=_("roles"), choices=Role, required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget()
    )
    editor: User

    class Meta:
        model = User
        fields = ("name", "is_active")
        labels = {"name": pgettext_lazy("of a person", "name")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["roles"] = sorted(self.instance.role_names)

    def clean(self) -> dict[str, Any]:
        """Refuse what a person would do to the own account."""
        values = super().clean() or {}
        if self.instance.pk == self.editor.pk:
            if set(values.get("roles", ())) != self.instance.role_names:
                self.add_error("roles", _("You cannot change your own roles. Ask another system administrator."))
            if not values.get("is_active"):
                self.add_error("is_active", _("You cannot switch off your own account."))
        elif self.instance.pk and (leaves := self._leaves(values)):
            refusal = why_not_leave(self.instance)
            if refusal:
                self.add_error(leaves, refusal)
        return values

    def _leaves(self, values: dict[str, Any]) -> str:
        """Return the field by which the person leaves the staff's desks; empty when it does not."""
        if "is_active" in self.changed_data and not values.get("is_active"):
            return "is_active"
        keeps_a_desk = any(Role(name) in STAFF_ROLES for name in values.get("roles", ()))
        return "roles" if self.instance.is_staff and "roles" in values and not keeps_a_desk else ""


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("e-mail"), widget=UnfoldAdminEmailInputWidget())
    name = forms.CharField(
        label=pgettext_lazy("of a person", "name"), max_length=100, widget=UnfoldAdminTextInputWidget()
    )
    role = forms.ChoiceField(label=_("role"), choices=Role, widget=UnfoldAdminSelectWidget())

    unit = forms.ChoiceField(
        label=pgettext_lazy("of a person", "unit"),
        required=False,
        widget=UnfoldAdminSelect2Widget(),
        help_text=_("Whom the person acts for from today on. A lead unit officer works with this unit's records only."),
    )

    def __init__(self, *args: Any, units: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = list(units)  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        """The role as the service takes it."""
        return Role(self.cleaned_data["role"])


class ResetFactorForm(forms.Form):
    """Why: kept in the audit."""

    reason = forms.CharField(
        label=_("reason"),
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("Say how you made sure who asked. Stays in the audit."),
    )
