"""The page on which a version is tried on the stays of a year, and its list as a sheet."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.forms.policy import TrialExportForm, TrialForm
from internships.subsidies.models import Policy
from internships.subsidies.selectors.trial import last_year, try_policy
from internships.subsidies.sheets.trial import TRIAL
from wenxi_portal.admin_site.exports import XLSX
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.spreadsheets.office import office_workbook
from wenxi_portal.spreadsheets.services.exports import file_name, unit_of

SHOWN = 100


class TriesPolicies:
    """Mixin of the policies' admin."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        view: Any = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("<int:pk>/trial/", view(self.trial_view), name="subsidies_policy_trial"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def trial_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show who would gain or lose, and the totals by month; a POST hands the whole list out."""
        policy: Policy = self.record(request, pk)  # type: ignore[attr-defined]
        export = TrialExportForm(request.POST) if request.method == "POST" else None
        if export is not None and export.is_valid():
            return self._sheet(request, policy, **export.cleaned_data)
        usual = last_year(timezone.localdate())
        asked = TrialForm(request.GET if "year" in request.GET else {"year": usual})
        year = asked.cleaned_data["year"] if asked.is_valid() else usual
        trial = try_policy(policy, year, request.user)
        context = {
            "title": _("Trial on the stays of %(year)s") % {"year": year},
            "policy": policy, "original": policy, "year": year, "asked": asked, "trial": trial,
            "rows": trial.rows[:SHOWN],
            "months": [(month, was, would, would - was) for month, (was, would) in trial.months.items()],
            "export": export or TrialExportForm(initial={"year": year}),
        }  # fmt: skip
        return self.page(request, "admin/subsidies/trial.html", **context)  # type: ignore[attr-defined,no-any-return]

    def _sheet(self, request: HttpRequest, policy: Policy, *, year: int, reason: str) -> HttpResponse:
        rows = try_policy(policy, year, request.user).rows
        unit = unit_of(request.user)  # type: ignore[arg-type]
        stream, count = office_workbook(TRIAL, rows, unit=unit, day=timezone.localdate())
        record(actor=request.user, verb=Verb.EXPORTED, subject=policy, reason=reason, rows=count, year=year)  # type: ignore[arg-type]
        return FileResponse(stream, as_attachment=True, filename=file_name(TRIAL), content_type=XLSX)  # type: ignore[return-value]
