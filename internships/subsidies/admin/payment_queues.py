"""What waits for finance and for whoever puts batches together."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from internships.subsidies.admin.parts import yuan
from internships.subsidies.enums import BatchState, RecoveryState
from internships.subsidies.models import PaymentBatch, Recovery
from internships.subsidies.selectors.payable import ready_to_pay
from wenxi_portal.core.admin.labels import days_words
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.waiting import Line, Waiting


def payment_queues(request: HttpRequest) -> list[Waiting]:
    """Return the queues of payment for the person who is signed in; those who only read have none."""
    user: Any = request.user
    found: list[Waiting] = []
    if user.has_perm("subsidies.release_paymentbatch"):
        others = PaymentBatch.objects.waiting_for_finance().exclude(drafted_by=user).exclude(sealed_by=user)
        found += [
            _batches(_("Batches to release"), "send", others.order_by("sealed_at"), BatchState.SEALED, "sealed_at"),
            _batches(_("Batches that wait for the bank's result"), "account_balance",
                     PaymentBatch.objects.waiting_for_bank().order_by("released_at"), BatchState.RELEASED,
                     "released_at"),
        ]  # fmt: skip
    if user.has_perm("subsidies.change_recovery"):
        found.append(_recoveries())
    if user.has_perm("subsidies.add_paymentbatch"):
        found += [_ready(), _drafts()]
    return found


def _batches(title: str, icon: str, rows: Any, state: BatchState, field: str) -> Waiting:
    def line(row: Any) -> Line:
        day = date_format(timezone.localtime(getattr(row, field)), "SHORT_DATE_FORMAT")
        return Line(change_url(row), str(row), yuan(row.total), day)

    return Waiting(title, icon, "warning", rows, f"{_listed()}?state={state.value}", line)


def _drafts() -> Waiting:
    rows = PaymentBatch.objects.filter(state=BatchState.DRAFT).select_related("drafted_by").order_by("created_at")
    return Waiting(
        _("Batches to seal"), "lock", "info", rows, f"{_listed()}?state=draft",
        lambda row: Line(change_url(row), str(row), str(row.drafted_by), ""),
    )  # fmt: skip


def _ready() -> Waiting:
    """Claims that may be paid: one line leads to where a batch is put together."""
    url = reverse("admin:subsidies_paymentbatch_draft")
    line = Line(url, _("Put a batch together"), _("Claims that are cleared and not held"), "")
    return Waiting(
        _("Claims ready to be paid"), "payments", "info", ready_to_pay(), _listed(), lambda _row: line, shown=1
    )


def _recoveries() -> Waiting:
    rows = Recovery.objects.filter(state=RecoveryState.DEMANDED).select_related("claim__student").order_by("due_on")
    url = f"{reverse('admin:subsidies_recovery_changelist')}?state=demanded"
    return Waiting(_("Money asked back"), "undo", "warning", rows, url, _recovery)


def _recovery(row: Any) -> Line:
    detail, late = f"{row.claim.number} · {yuan(row.amount)}", row.due_on < timezone.localdate()
    return Line(change_url(row), row.claim.student.name, detail, days_words(row.due_on), overdue=late)


def _listed() -> str:
    return reverse("admin:subsidies_paymentbatch_changelist")
