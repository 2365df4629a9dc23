"""Lists as office sheets: small ones at once, longer ones after a reason, the longest in the background."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.widgets import UnfoldAdminPasswordWidget, UnfoldAdminTextareaWidget, UnfoldBooleanWidget

from wenxi_portal.core.admin.moves import Deed
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.spreadsheets.registry import all_sheets
from wenxi_portal.spreadsheets.services.exports import (
    BACKGROUND_ABOVE,
    LEAST_PASSWORD,
    REASON_ABOVE,
    ask_for_export,
    export_now,
    may_reveal,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExportForm(forms.Form):
    """Why, and whether under a password."""

    reason = forms.CharField(
        label=gettext_lazy("reason"),
        max_length=500,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy("What the list is for. Stays on record."),
    )
    password = forms.CharField(
        label=gettext_lazy("password of the file"),
        required=False,
        max_length=100,
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Empty: no password. Tell it to the reader by another way; we do not keep it."),
    )

    reveal = forms.BooleanField(
        label=gettext_lazy("ID and mobile numbers in full"),
        required=False,
        widget=UnfoldBooleanWidget(),
        help_text=gettext_lazy("Needs a reason and a password, and stays on record. Otherwise numbers are masked."),
    )

    def __init__(self, *args: Any, rows: int, may_reveal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_reveal:
            del self.fields["reveal"]
        self.fields["reason"].required = rows > REASON_ABOVE
        self.fields["password"].min_length = LEAST_PASSWORD


def export_page(
    site: Any, request: HttpRequest, model: type[Model], queryset: QuerySet[Any], shown: dict[str, Any], *, ask: bool
) -> HttpResponseBase:
    """Answer with the sheet declared for ``model``, or first with the page that asks why.

    ``shown`` tells filters, search and order; ``ask`` shows the page also for a short list, for a password.
    """
    rows = queryset.count()
    if rows <= REASON_ABOVE and not ask:
        return _file(request, model, queryset, shown=shown)
    reveals = may_reveal(model, request.user)  # type: ignore[arg-type]
    form = ExportForm(request.POST if request.method == "POST" else None, rows=rows, may_reveal=reveals)
    if request.method == "POST" and form.is_valid():
        try:
            if rows > BACKGROUND_ABOVE:
                return _in_background(request, model, queryset, shown=shown, **form.cleaned_data)
            return _file(request, model, queryset, shown=shown, **form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal)
    return _asking(site, request, model, form, rows)


def _file(request: HttpRequest, model: type[Model], queryset: QuerySet[Any], **wishes: Any) -> FileResponse:
    stream, name = export_now(model=model, queryset=queryset, actor=request.user, **wishes)  # type: ignore[arg-type]
    return FileResponse(stream, as_attachment=True, filename=name, content_type=XLSX)


def _in_background(
    request: HttpRequest, model: type[Model], queryset: QuerySet[Any], **wishes: Any
) -> HttpResponseRedirect:
    ids = list(queryset.values_list("pk", flat=True))
    ask_for_export(model=model, ids=ids, actor=request.user, **wishes)  # type: ignore[arg-type]
    messages.success(request, _("The file is being made. It appears below, and is kept for a day."))
    return HttpResponseRedirect(reverse("admin:spreadsheets_exportfile_changelist"))


def _asking(site: Any, request: HttpRequest, model: type[Model], form: ExportForm, rows: int) -> TemplateResponse:
    words = ngettext("%(rows)d row", "%(rows)d rows", rows) % {"rows": rows}
    deed = Deed(
        title=_("Export to Excel"),
        button=_("Export"),
        form=ExportForm,
        perform=lambda: None,
        done="",
        explanation=_("Long lists are made in the background.") if rows > BACKGROUND_ABOVE else "",
    )
    context = {
        **site.each_context(request),
        "title": deed.title,
        "deed": deed,
        "form": form,
        "opts": model._meta if site.is_registered(model) else None,
        "record": f"{all_sheets()[model].title} · {words}",
        # The list of which the button stands: rows of a part have none of their own.
        "record_url": "../",
        "media": form.media,
    }
    request.current_app = site.name  # type: ignore[attr-defined]
    return TemplateResponse(request, "admin/portal/deed.html", context)
