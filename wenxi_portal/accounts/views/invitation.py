"""An invited person chooses a password."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.forms.passwords import InvitationForm
from wenxi_portal.accounts.services.invitations import accept_invitation, invited_user
from wenxi_portal.core.errors import DomainError


@method_decorator([sensitive_post_parameters("password1", "password2"), never_cache], name="dispatch")
class InvitationView(FormView):
    """The page behind the link of an invitation; a void link says what to do."""

    form_class = InvitationForm
    template_name = "account/invitation.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find whose link it is."""
        try:
            self.invited = invited_user(kwargs["token"])
            return super().dispatch(request, *args, **kwargs)
        except DomainError as error:
            return render(request, "account/invitation_void.html", {"reason": error.message}, status=410)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whose password it is."""
        return super().get_form_kwargs() | {"user": self.invited}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say who is invited as what."""
        roles = [Role(name).label for name in Role.values if name in self.invited.role_names]
        return super().get_context_data(**kwargs) | {"invited": self.invited, "roles": roles}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Keep the password; signing in with it comes next."""
        accept_invitation(token=self.kwargs["token"], password=form.cleaned_data["password1"])
        messages.success(self.request, _("Your password is set. Sign in with it now."))
        return redirect("account_password_login")
