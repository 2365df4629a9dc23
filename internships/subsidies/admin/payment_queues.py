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
from wenxi_portal.core.admin.waiting import Line, Queue

SHOWN = 4


def payment_queues(request: HttpRequest) -> list[Queue]:
    """Return the queues of payment for the person who is signed in; those who only read have none."""
    user: Any = request.user
    found: list[Queue] = []
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


def _batches(title: str, icon: str, rows: Any, state: BatchState, field: str) -> Queue:
    total = rows.count()
    shown = rows[:SHOWN] if total else []
    days = {row.pk: date_format(timezone.localtime(getattr(row, field)), "SHORT_DATE_FORMAT") for row in shown}
    lines = [Line(change_url(row), str(row), yuan(row.total), days[row.pk]) for row in shown]
    url = f"{reverse('admin:subsidies_paymentbatch_changelist')}?state={state.value}"
    return Queue(title, icon, "warning", total, url, lines)


def _drafts() -> Queue:
    rows = PaymentBatch.objects.filter(state=BatchState.DRAFT).order_by("created_at")
    total = rows.count()
    lines = [
        Line(change_url(row), str(row), str(row.drafted_by), "") for row in rows[:SHOWN].select_related("drafted_by")
    ]
    url = f"{reverse('admin:subsidies_paymentbatch_changelist')}?state=draft"
    return Queue(_("Batches to seal"), "lock", "info", total, url, lines)


def _ready() -> Queue:
    total = ready_to_pay().count()
    lines = []
    if total:
        url = reverse("admin:subsidies_paymentbatch_draft")
        lines = [Line(url, _("Put a batch together"), _("Claims that are cleared and not held"), "")]
    return Queue(
        _("Claims ready to be paid"),
        "payments",
        "info",
        total,
        reverse("admin:subsidies_paymentbatch_changelist"),
        lines,
    )


def _recoveries() -> Queue:
    today = timezone.localdate()
    rows = Recovery.objects.filter(state=RecoveryState.DEMANDED).select_related("claim__student").order_by("due_on")
    total = rows.count()
    lines = [
        Line(change_url(row), row.claim.student.name, f"{row.claim.number} · {yuan(row.amount)}",
             days_words(row.due_on, today), overdue=row.due_on < today)
        for row in rows[:SHOWN]
    ] if total else []  # fmt: skip
    url = f"{reverse('admin:subsidies_recovery_changelist')}?state=demanded"
    return Queue(_("Money asked back"), "undo", "warning", total, url, lines)
