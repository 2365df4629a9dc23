"""Bank accounts in the admin: masked, and shown in full only with a reason that stays on record."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display

from internships.admin.care_forms import WhyForm
from internships.subsidies.models import BankAccount
from internships.subsidies.services.reveal import reveal_card
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError

PERMISSION = "subsidies.reveal_bankaccount"


@admin.register(BankAccount)
class BankAccountAdmin(PortalModelAdmin):
    """Accounts. Students enter them; nobody edits them."""

    list_display = ("student", "bank", "shown_card", "entered_at", "ended_at")
    list_select_related = ("student",)
    search_fields = ("student__name",)
    search_help_text = gettext_lazy("Name of the student")
    fields = (("student", "holder"), ("bank", "branch"), "shown_card", ("entered_by", "entered_at"), "ended_at")
    readonly_fields = ("student", "holder", "bank", "branch", "shown_card", "entered_by", "entered_at", "ended_at")
    actions_detail = ("reveal",)  # type: ignore[assignment]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Students enter their own."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A new account is a new row."""
        return False

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Revealing is a permission of its own."""
        return super().get_actions_detail(request, object_id) if request.user.has_perm(PERMISSION) else []

    @action(description=gettext_lazy("Show the card number"), url_path="reveal", icon="visibility")
    def reveal(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the number once, for a reason that stays on record."""
        account = self.visible_or_404(request, unquote(object_id))
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        form, shown = WhyForm(request.POST or None), None
        if request.method == "POST" and form.is_valid():
            try:
                number = reveal_card(account=account, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            except DomainError as refusal:
                add_refusal(form, refusal)
            else:
                shown = [(_("card number"), " ".join(number[at : at + 4] for at in range(0, len(number), 4)))]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Show the card number"), "record": account, "record_url": change_url(account),
            "form": form, "shown": shown, "opts": self.opts,
        }  # fmt: skip
        response = TemplateResponse(request, "admin/internships/reveal.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response

    @display(description=gettext_lazy("card number"))
    def shown_card(self, account: BankAccount) -> str:
        """The number, masked."""
        return account.masked_card
