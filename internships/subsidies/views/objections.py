"""Objecting to a line of a notice without an account, and looking the answer up by its reference."""

from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from internships.subsidies.forms.objection import ObjectionForm, ReferenceForm
from internships.subsidies.selectors.notices import line_to_object_to, objection_by
from internships.subsidies.services.objection import raise_objection
from internships.subsidies.views.notices import gone
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.often import is_within

SENT = "notice_objection_sent"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def raise_one(request: HttpRequest, number: str, order: int) -> HttpResponse:
    """Take an objection to one line of a notice that is up."""
    line = line_to_object_to(number, order)
    if line is None:
        return gone(request, number)
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not is_within("objections", _address(request), settings.NOTICE_OBJECTIONS_AN_HOUR):
            form.add_error(None, _("Many objections came from here within an hour. Wait a little, or call the office."))
            return render(request, "subsidies/objection/form.html", _asked(form, line), status=_TOO_MANY)
        values = {name: form.cleaned_data[name] for name in ("text", "name", "contact")}
        try:
            objection = raise_objection(line=line, **values)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            # Behind the session, not in the address: a reference opens the answer.
            request.session[SENT] = objection.reference
            return redirect("subsidies:objection_sent")
    return render(request, "subsidies/objection/form.html", _asked(form, line))


@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    """Show the reference to whoever has just objected."""
    found = objection_by(request.session.get(SENT, ""))
    if found is None:
        return redirect("subsidies:objection_answer")
    context = {"objection": found, "crumbs": _crumbs(_("Your objection"))}
    return render(request, "subsidies/objection/sent.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Show what became of an objection to whoever knows its reference. Too many tries are asked to wait."""
    form = ReferenceForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "crumbs": _crumbs(_("Answer to an objection"))}
    if request.method != "POST" or not form.is_valid():
        return render(request, "subsidies/objection/answer.html", context)
    if not is_within("objection-answers", _address(request), settings.NOTICE_LOOKUPS_AN_HOUR):
        form.add_error(None, _("Many references were tried from here within an hour. Wait a little."))
        return render(request, "subsidies/objection/answer.html", context, status=_TOO_MANY)
    context["objection"] = objection_by(form.cleaned_data["reference"])
    if context["objection"] is None:
        form.add_error("reference", _("There is no objection with this reference. Compare it with what you noted."))
    return render(request, "subsidies/objection/answer.html", context)


_TOO_MANY = HTTPStatus.TOO_MANY_REQUESTS


def _asked(form: ObjectionForm, line: Any) -> dict[str, Any]:
    trail = [
        (_("Public notices"), reverse("subsidies:notices")),
        (line.notice.title, line.notice.get_absolute_url()),
        (_("Objection"), ""),
    ]
    return {
        "form": form, "line": line, "notice": line.notice, "crumbs": trail,
        "days": settings.NOTICE_OBJECTION_WORKING_DAYS,
    }  # fmt: skip


def _address(request: HttpRequest) -> str:
    return str(get_adapter(request).get_client_ip(request))


def _crumbs(last: str) -> list[tuple[str, str]]:
    return [(_("Public notices"), reverse("subsidies:notices")), (last, "")]
