"""Small pages that ask what a deed needs (a reason, a day) and then hand it to a service."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Deed:
    """What one such page does: its words, its form, and the service it calls with the checked values.

    ``back`` is where one goes instead, ``then`` where a success leads; empty means to the record. ``barred`` is the
    sentence why the deed cannot be done now, empty when it can.
    """

    title: Words
    button: Words
    form: type[forms.Form]
    perform: Callable[..., Any]
    done: Words
    explanation: Words = ""
    danger: bool = False
    back: str = ""
    then: str = ""
    barred: Words = ""


class NothingAsked(forms.Form):
    """A deed that needs no more than a yes."""


class AsksBeforeDeed:
    """Mixin of a ModelAdmin with buttons for deeds. A GET only asks; the POST does it."""

    deed_template = "admin/portal/deed.html"
    barred_template = "admin/portal/barred.html"

    def deed_view(
        self, request: HttpRequest, record: Any, deed: Deed, *, permission: str, **form_kwargs: Any
    ) -> HttpResponse:
        """Ask, check and do. ``permission`` is asked first; the record is one the person may see.

        A deed that cannot be done now has no page (404), and doing it all the same is refused (409), both in words.
        """
        if not request.user.has_perm(permission):  # type: ignore[union-attr]
            raise PermissionDenied
        if deed.barred:
            status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.NOT_FOUND
            request.current_app = self.admin_site.name  # type: ignore[attr-defined]
            return TemplateResponse(request, self.barred_template, self._context(request, record, deed), status=status)
        posted = request.method == "POST"
        form = deed.form(request.POST if posted else None, request.FILES if posted else None, **form_kwargs)
        if posted and form.is_valid():
            try:
                result = deed.perform(**form.cleaned_data)
            except (DomainError, ValidationError) as refusal:
                add_refusal(form, refusal)
            except IntegrityError:
                form.add_error(None, _("Somebody saved the same at this very moment. Look at the list."))
            else:
                messages.success(request, str(deed.done))
                # What entered a new record leads to it; everything else leads back.
                entered = result if result.__class__ is record.__class__ else record
                return HttpResponseRedirect(deed.then or change_url(entered))
        context = {
            **self._context(request, record, deed),
            "form": form,
            "has_file_field": form.is_multipart(),
            "media": self.media + form.media,  # type: ignore[attr-defined]
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(request, self.deed_template, context)

    def _context(self, request: HttpRequest, record: Any, deed: Deed) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": deed.title,
            "deed": deed,
            "opts": self.opts,  # type: ignore[attr-defined]
            "record": record,
            "original": record,
            "record_url": deed.back or change_url(record),
        }
