"""One's own account."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.mixins import LoginRequiredMixin
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.permissions import has_second_factor, must_have_second_factor
from wenxi_portal.accounts.services.sms import sms_is_available


@method_decorator(never_cache, name="dispatch")
class MyAccountView(LoginRequiredMixin, TemplateView):
    """Who I am to the portal, and what I can change."""

    template_name = "account/me.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add roles in words, organisations, and how the account is secured."""
        user: Any = self.request.user
        memberships = list(user.memberships.current().select_related("organisation"))
        return super().get_context_data(**kwargs) | {
            "roles": [Role(name).label for name in Role.values if name in user.role_names],
            "memberships": memberships,
            "desks": {membership.organisation.kind for membership in memberships},
            "email_verified": EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists(),
            "has_second_factor": has_second_factor(user),
            "must_have_second_factor": must_have_second_factor(user),
            "mobile_can_change": sms_is_available(),
        }
