"""The public page that verifies a certificate: it shows what the paper shows, and nothing about unknown codes."""

from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from internships.forms.stay import CodeForm
from internships.selectors.certificates import find, shown_facts, typed_code
from internships.services.certificate import grouped
from wenxi_portal.core.often import is_within


@never_cache
def enter_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a paper at hand."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("internships:certificate", typed_code(form.cleaned_data["code"]) or "0")
    return render(request, "internships/certificate/enter.html", {"form": form, "crumbs": _crumbs()})


@never_cache
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether the certificate with this code is valid. Too many look-ups are asked to wait."""
    context: dict[str, Any] = {"crumbs": _crumbs()}
    if not is_within(
        "certificate-lookups", get_adapter(request).get_client_ip(request), settings.CERTIFICATE_LOOKUPS_AN_HOUR
    ):
        return render(request, "internships/certificate/wait.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    found = find(code)
    if found is None:
        form = CodeForm()
        return render(
            request, "internships/certificate/unknown.html", {**context, "form": form}, status=HTTPStatus.NOT_FOUND
        )
    context |= {"certificate": found, "facts": shown_facts(found), "code": grouped(found.code)}
    return render(request, "internships/certificate/valid.html", context)


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Verify a certificate"), "")]
