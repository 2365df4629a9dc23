"""The register of payments as an office sheet."""

from django.db.models import Model
from django.utils.translation import gettext_lazy, pgettext_lazy

from internships.subsidies.bank_formats import AMOUNT, REFERENCE
from internships.subsidies.models import PaymentLine
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet

PAYMENTS = Sheet(
    title=gettext_lazy("Register of payments"),
    columns=(
        Column(gettext_lazy("payment batch"), lambda line: line.batch.number, 14, kind=ColumnKind.CODE),
        Column(REFERENCE, lambda line: line.reference, 22, kind=ColumnKind.CODE),
        Column(pgettext_lazy("of money", "claim"), lambda line: line.claim.number, 14, kind=ColumnKind.CODE),
        Column(pgettext_lazy("of a person", "name"), lambda line: line.claim.student.name, 12),
        Column(gettext_lazy("university"), lambda line: line.claim.student.school, 24),
        Column(gettext_lazy("host"), lambda line: line.claim.host.name, 26),
        Column(gettext_lazy("scheme"), lambda line: line.claim.scheme.name, 18),
        Column(gettext_lazy("card number"), lambda line: line.account.masked_card, 22, kind=ColumnKind.CODE),
        Column(AMOUNT, lambda line: line.amount, 14, kind=ColumnKind.MONEY, total=True),
        Column(gettext_lazy("result"), lambda line: str(line.get_result_display()), 12),
        Column(gettext_lazy("paid on"), lambda line: line.paid_on, 14, kind=ColumnKind.DATE),
        Column(gettext_lazy("why it was returned"), lambda line: line.return_reason, 24),
    ),
    prepare=lambda lines: lines.select_related(
        "batch", "account", "claim__student__university", "claim__host", "claim__scheme"
    ),
)
PAYMENT_SHEETS: dict[type[Model], Sheet] = {PaymentLine: PAYMENTS}
