"""See, correct, copy and withdraw the own data, below one's own account."""

import io
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

import xlsxwriter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from talent.forms import OwnDataForm, WithdrawForm
from talent.models import Person
from talent.selectors.own_data import facts_of, person_of
from talent.services.own_data import correct_own, erase_own, note_copy
from wenxi_portal.accounts.own_data import kept_of, parts_of
from wenxi_portal.core.errors import DomainError
from wenxi_portal.spreadsheets.cells import neutralise

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
View = Callable[[HttpRequest, Person | None], HttpResponse]


def _own(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """Hand the view the person of the account, if any; where no room has anything on file, say how to get there."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        person = person_of(request.user)  # type: ignore[arg-type]
        if person is None and not parts_of(request.user):  # type: ignore[arg-type]
            return render(request, "talent/own_none.html", {"crumbs": _crumbs()})
        return view(request, person)

    return never_cache(login_required(guarded))


@_own
def show(request: HttpRequest, person: Person | None) -> HttpResponse:
    """Show what is on file, in every room."""
    context = {
        "facts": facts_of(person) if person else [],
        "parts": parts_of(request.user),  # type: ignore[arg-type]
        "crumbs": _crumbs(),
    }
    return render(request, "talent/own_data.html", context)


@_own
def correct(request: HttpRequest, person: Person | None) -> HttpResponse:
    """Correct what one may correct alone; tell the office the rest."""
    if person is None:
        return redirect("own_data:show")
    initial = {name: getattr(person, name) for name in ("email", "native_township", "preferred_channel", "languages")}
    form = OwnDataForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        message = values.pop("message")
        try:
            correct_own(person=person, user=request.user, values=values, message=message)  # type: ignore[arg-type]
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("Thank you. Your data is corrected."))
            return redirect("own_data:show")
    context = {"form": form, "mobile": person.masked_mobile, "crumbs": _crumbs(_("Correct my data"))}
    return render(request, "talent/own_correct.html", context)


@require_POST
@_own
def copy_json(request: HttpRequest, person: Person | None) -> HttpResponse:
    """Hand out the own data as JSON."""
    note_copy(person=person, user=request.user, form="json")  # type: ignore[arg-type]
    rows = [{"label": label, "value": str(value)} for label, value in _everything(request, person)]
    response = HttpResponse(json.dumps(rows, ensure_ascii=False, indent=1), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@require_POST
@_own
def copy_xlsx(request: HttpRequest, person: Person | None) -> HttpResponse:
    """Hand out the own data as a sheet."""
    note_copy(person=person, user=request.user, form="xlsx")  # type: ignore[arg-type]
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        page: Any = book.add_worksheet(str(_("My data")))
        page.set_column(0, 0, 20)
        page.set_column(1, 1, 60)
        for at, (label, value) in enumerate(_everything(request, person)):
            page.write_string(at, 0, neutralise(label))
            page.write_string(at, 1, neutralise(str(value)))
    response = HttpResponse(stream.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="my-data.xlsx"'
    return response


@_own
def withdraw_consent(request: HttpRequest, person: Person | None) -> HttpResponse:
    """Ask once more, say what a duty keeps and why, then erase the rest."""
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        erase_own(person=person, user=request.user)  # type: ignore[arg-type]
        if kept_of(request.user):  # type: ignore[arg-type]
            messages.success(request, _("What may be erased is erased. The rest stays for the reasons named."))
        else:
            messages.success(request, _("Your data is erased."))
        return redirect("accounts:me")
    context = {
        "form": form,
        "kept": kept_of(request.user),  # type: ignore[arg-type]
        "crumbs": _crumbs(_("Withdraw my consent")),
    }
    return render(request, "talent/own_withdraw.html", context)


def _everything(request: HttpRequest, person: Person | None) -> list[tuple[str, Any]]:
    """Return what every room has on file, each value under its heading."""
    parts = parts_of(request.user)  # type: ignore[arg-type]
    others = [(f"{part.title}: {label}", value) for part in parts for label, value in part.rows]
    return [*(facts_of(person) if person else []), *others]


def _crumbs(title: str = "") -> list[tuple[Any, str]]:
    """Return the way to the page ``title`` below one's own data; without ``title`` to the data themselves."""
    own = (_("My data"), reverse("own_data:show") if title else "")
    return [(_("My account"), reverse("accounts:me")), own, *([(title, "")] if title else [])]
