"""How I want to be told."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from wenxi_portal.notifications.forms import PreferencesForm
from wenxi_portal.notifications.services.preferences import choose


@method_decorator(never_cache, name="dispatch")
class PreferencesView(LoginRequiredMixin, FormView):
    """Channels for each kind, quiet hours, at once or once a day."""

    form_class = PreferencesForm
    template_name = "notifications/preferences.html"
    success_url = reverse_lazy("notifications:preferences")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whose choices they are."""
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        crumbs = [
            (_("My account"), reverse("accounts:me")),
            (_("Inbox"), reverse("notifications:inbox")),
            (_("How I want to be told"), ""),
        ]
        return super().get_context_data(**kwargs) | {"crumbs": crumbs}

    def form_valid(self, form: PreferencesForm) -> HttpResponse:
        """Keep the choices."""
        choose(user=self.request.user, **form.chosen())  # type: ignore[arg-type]
        messages.success(self.request, _("Your choices are kept."))
        return super().form_valid(form)
