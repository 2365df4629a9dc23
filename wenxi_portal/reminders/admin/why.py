"""The page "why (not) reminded", for the admin page of any record that a ladder watches."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.widgets import UnfoldAdminTextInputWidget

from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed
from wenxi_portal.reminders.models import Deadline
from wenxi_portal.reminders.permissions import SETTLE
from wenxi_portal.reminders.selectors.why import stories
from wenxi_portal.reminders.services.settling import settle


class SettleForm(forms.Form):
    """Why no more reminders are needed."""

    reason = forms.CharField(label=_("reason"), max_length=200, widget=UnfoldAdminTextInputWidget)


def only_why(buttons: Sequence[Any]) -> list[Any]:
    """Return of the buttons of a record only the one that explains reminders: it changes nothing."""
    return [button for button in buttons if getattr(button, "action_name", "").endswith("_why_reminded")]


class TellsWhyReminded(AsksBeforeDeed):
    """Mixin of an admin page: adds the button ``why_reminded`` to put into ``actions_detail``.

    The template ``admin/reminders/_why.html`` shows the same on any page that has ``stories`` in its context.
    """

    @action(description=_("Reminders"), url_path="reminders", icon="notifications")
    def why_reminded(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what the ladders say of the record."""
        record = self.visible_or_404(request, unquote(object_id))  # type: ignore[attr-defined]
        opts = self.opts  # type: ignore[attr-defined]
        may_settle = request.user.has_perm(SETTLE)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("Why reminded, why not"),
            "stories": stories(record),
            "settle_url": f"admin:{opts.app_label}_{opts.model_name}_settle" if may_settle else "",
            "record_url": change_url(record),
            "opts": opts,
            "original": record,
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/reminders/why.html", context)

    def settle_view(self, request: HttpRequest, object_id: str, kind: str) -> HttpResponse:
        """Ask why no more reminders are needed, and end them."""
        record: Any = self.visible_or_404(request, unquote(object_id))  # type: ignore[attr-defined]
        deadline = Deadline.objects.filter(kind=kind, object_id=record.pk).first()
        if deadline is None or kind not in {story.ladder.name for story in stories(record)}:
            raise Http404
        opts = self.opts  # type: ignore[attr-defined]
        deed = Deed(
            title=_("No more reminders about this date"),
            button=_("It is settled"),
            form=SettleForm,
            perform=partial(settle, deadline=deadline, actor=request.user),  # type: ignore[arg-type]
            done=_("The steps still to come are recorded as skipped, with your reason."),
            explanation=_("For what was settled on paper or by telephone. A new date starts the reminders again."),
            back=reverse(f"admin:{opts.app_label}_{opts.model_name}_why_reminded", args=[record.pk]),
        )
        return self.deed_view(request, record, deed, permission=SETTLE)  # type: ignore[attr-defined]

    def get_urls(self) -> list[URLPattern]:
        """Add the address of the deed."""
        opts = self.opts  # type: ignore[attr-defined]
        own = path(
            "<path:object_id>/reminders/<slug:kind>/settle/",
            self.admin_site.admin_view(self.settle_view),  # type: ignore[attr-defined]
            name=f"{opts.app_label}_{opts.model_name}_settle",
        )
        return [own, *super().get_urls()]  # type: ignore[misc]
