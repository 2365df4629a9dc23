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
from talent.services.own_data import correct_own, note_copy, withdraw
from wenxi_portal.core.errors import DomainError
from wenxi_portal.spreadsheets.cells import neutralise

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
View = Callable[[HttpRequest, Person], HttpResponse]


def _own(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """Hand the view the person of the account; without one, say how to get on file."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        person = person_of(request.user)  # type: ignore[arg-type]
        if person is None:
            return render(request, "talent/own_none.html", {"crumbs": _crumbs()})
        return view(request, person)

    return never_cache(login_required(guarded))


@_own
def show(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what is on file."""
    return render(request, "talent/own_data.html", {"facts": facts_of(person), "crumbs": _crumbs()})


@_own
def correct(request: HttpRequest, person: Person) -> HttpResponse:
    """Correct what one may correct alone; tell the office the rest."""
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
def copy_json(request: HttpRequest, person: Person) -> HttpResponse:
    """Hand out the own data as JSON."""
    note_copy(person=person, user=request.user, form="json")  # type: ignore[arg-type]
    rows = [{"label": label, "value": str(value)} for label, value in facts_of(person)]
    response = HttpResponse(json.dumps(rows, ensure_ascii=False, indent=1), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@require_POST
@_own
def copy_xlsx(request: HttpRequest, person: Person) -> HttpResponse:
    """Hand out the own data as a sheet."""
    note_copy(person=person, user=request.user, form="xlsx")  # type: ignore[arg-type]
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        page: Any = book.add_worksheet(str(_("My data")))
        page.set_column(0, 0, 20)
        page.set_column(1, 1, 60)
        for at, (label, value) in enumerate(facts_of(person)):
            page.write_string(at, 0, neutralise(label))
            page.write_string(at, 1, neutralise(str(value)))
    response = HttpResponse(stream.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="my-data.xlsx"'
    return response


@_own
def withdraw_consent(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask once more, then erase."""
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw(person=person, actor=request.user, reason=_("At the person's own wish"))  # type: ignore[arg-type]
        messages.success(request, _("Your data is erased."))
        return redirect("accounts:me")
    return render(request, "talent/own_withdraw.html", {"form": form, "crumbs": _crumbs(_("Withdraw my consent"))})


def _crumbs(title: str = "") -> list[tuple[Any, str]]:
    """Return the way to the page ``title`` below one's own data; without ``title`` to the data themselves."""
    own = (_("My data"), reverse("own_data:show") if title else "")
    return [(_("My account"), reverse("accounts:me")), own, *([(title, "")] if title else [])]
