"""Forms of the organisations' admin."""

from typing import Any

from django import forms
from django.utils import timezone

from wenxi_portal.accounts.admin.leaving import why_not_leave
from wenxi_portal.core.admin.saving import ServiceForm
from wenxi_portal.organisations.models import Membership


class MembershipForm(forms.ModelForm):  # type: ignore[type-arg]
    """A membership. What is still open in the person's name is named, with the way to hand it over."""

    class Meta:
        model = Membership
        fields = ("user", "organisation", "title", "is_head", "since", "until")

    def clean(self) -> dict[str, Any]:
        """Ask for the hand-over first."""
        values = super().clean() or {}
        until = values.get("until")
        if self.instance.pk and "until" in self.changed_data and until and until <= timezone.localdate():
            refusal = why_not_leave(self.instance.user, organisation_id=self.instance.organisation_id)
            if refusal:
                self.add_error("until", refusal)
        return values


class MembershipPageForm(MembershipForm, ServiceForm):
    """A membership on a page of its own, which comes back with what the service said."""
