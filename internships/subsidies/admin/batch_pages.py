"""Pages beside the list of batches: the result of the bank, reports upward, the forecast of the year."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from unfold.decorators import action
from unfold.enums import ActionVariant

from internships.subsidies.admin.parts import yuan
from internships.subsidies.forms.payments import ResultForm
from internships.subsidies.models import PaymentBatch, ResultFile
from internships.subsidies.querysets import sees_every_claim
from internships.subsidies.selectors.dashboard import dashboard
from internships.subsidies.selectors.forecast import forecast
from internships.subsidies.selectors.reports import DIMENSIONS, ReportRow, report, years
from internships.subsidies.services.report_sheet import report_sheet
from internships.subsidies.services.result import read_result
from wenxi_portal.core.admin.charts import bars
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.moves import Deed
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.wording import labelled

RELEASE = "subsidies.release_paymentbatch"
REPORT = "subsidies.view_budgetline"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ResultPages:
    """Mixin of the batches' admin."""

    def get_urls(self) -> list[Any]:
        """Add the pages."""
        page: Any = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("reports/", page(self.reports_view), name="subsidies_paymentbatch_reports"),
            path("forecast/", page(self.forecast_view), name="subsidies_paymentbatch_forecast"),
            path("results/<int:pk>/", page(self.result_view), name="subsidies_paymentbatch_result"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def has_report_permission(self, request: HttpRequest, *_args: Any) -> bool:
        """The reports sum over all units: only for who sees every claim, finance too."""
        return request.user.has_perm(REPORT) and sees_every_claim(request.user)

    @action(description=gettext_lazy("Reports"), url_path="list/reports", icon="bar_chart", permissions=["report"])
    def to_reports(self, request: HttpRequest) -> HttpResponse:
        """Lead to the reports."""
        return HttpResponseRedirect(reverse("admin:subsidies_paymentbatch_reports"))

    @action(
        description=gettext_lazy("Forecast of the year"),
        url_path="list/forecast",
        icon="query_stats",
        permissions=["report"],
    )
    def to_forecast(self, request: HttpRequest) -> HttpResponse:
        """Lead to the forecast."""
        return HttpResponseRedirect(reverse("admin:subsidies_paymentbatch_forecast"))

    @action(
        description=gettext_lazy("Enter the result of the bank"), url_path="result", icon="upload_file",
        variant=ActionVariant.PRIMARY,
    )  # fmt: skip
    def read_bank_result(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Read what the bank sent back; refused, the page of the file tells every line."""
        batch: PaymentBatch = self.record(request, object_id)  # type: ignore[attr-defined]
        if not request.user.has_perm(RELEASE):  # type: ignore[union-attr]
            raise PermissionDenied
        form = ResultForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                kept = read_result(batch=batch, upload=form.cleaned_data["upload"], actor=request.user)  # type: ignore[arg-type]
            except DomainError as refusal:
                form.add_error(None, refusal.message)
            else:
                return HttpResponseRedirect(reverse("admin:subsidies_paymentbatch_result", args=[kept.pk]))
        deed = Deed(
            title=_("Enter the result of the bank"), button=_("Read"), form=ResultForm, perform=lambda: None, done="",
            explanation=_("All of the file is applied, or nothing. The original is kept either way."),
        )  # fmt: skip
        context = {
            "title": deed.title, "deed": deed, "form": form, "record": batch, "record_url": change_url(batch),
            "original": batch, "has_file_field": True, "media": self.media + form.media,  # type: ignore[attr-defined]
        }  # fmt: skip
        return self.page(request, "admin/portal/deed.html", **context)  # type: ignore[attr-defined,no-any-return]

    def result_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What a file of the bank changed, or why nothing of it was applied."""
        self.may_view(request)  # type: ignore[attr-defined]
        if not request.user.has_perm("subsidies.view_resultfile"):  # type: ignore[union-attr]
            raise PermissionDenied
        seen = PaymentBatch.objects.visible_to(request.user)
        file = ResultFile.objects.filter(pk=pk, batch__in=seen).select_related("batch", "uploaded_by").first()
        if file is None:
            return self.record(request, "0")  # type: ignore[attr-defined,no-any-return]
        context = {"title": _("Result of the bank"), "file": file, "batch": file.batch,
                   "errors": file.report.get("errors", []), "report": file.report}  # fmt: skip
        return self.page(request, "admin/subsidies/result.html", **context)  # type: ignore[attr-defined,no-any-return]

    def reports_view(self, request: HttpRequest) -> HttpResponse:
        """What was paid in a year by a dimension, as chart, table and workbook."""
        if not self.has_report_permission(request):
            raise PermissionDenied
        year, by = _year(request), request.GET.get("by", "month")
        by = by if by in DIMENSIONS else "month"
        rows, total = report(year, by)
        if request.GET.get("as") == "xlsx":
            stream, name = report_sheet(rows, year=year, dimension=by, actor=request.user)  # type: ignore[arg-type]
            return FileResponse(stream, as_attachment=True, filename=name, content_type=XLSX)  # type: ignore[return-value]
        context = {
            "title": _("Reports"), "year": year, "years": years() or [year], "by": by, "rows": rows, "total": total,
            "dimensions": [(key, one.label) for key, one in DIMENSIONS.items()], "label": DIMENSIONS[by].label,
            "bars": bars(_pieces(row) for row in rows), "lines": dashboard(year),
        }  # fmt: skip
        return self.page(request, "admin/subsidies/reports.html", **context)  # type: ignore[attr-defined,no-any-return]

    def forecast_view(self, request: HttpRequest) -> HttpResponse:
        """What the stays under way will cost, marked as a forecast."""
        if not self.has_report_permission(request):
            raise PermissionDenied
        found = forecast(timezone.localdate())
        free = pgettext("of money", "free")
        chart = [
            (_("due already"), yuan(found.due), [(found.due, "reserved", _("due already"))]),
            (_("still to come (forecast)"), yuan(found.coming), [(found.coming, "forecast", _("forecast"))]),
            (free, yuan(found.free), [(found.free, "paid", free)]),
        ]
        context = {"title": _("Forecast of the year"), "forecast": found, "bars": bars(chart)}
        return self.page(request, "admin/subsidies/forecast.html", **context)  # type: ignore[attr-defined,no-any-return]


def _pieces(row: ReportRow) -> tuple[str, str, list[Any]]:
    return row.name, yuan(row.amount), [(row.amount, "paid", labelled(row.name, yuan(row.amount)))]


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    this_year = timezone.localdate().year
    return int(asked) if asked.isdecimal() and len(asked) == 4 else this_year
