"""The summary sheet of a batch for signature: no person on it, amounts in figures and in 大写."""

from django.conf import settings
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from internships.services.default_papers import built_paper
from internships.subsidies.in_words import in_words
from internships.subsidies.models import PaymentBatch, PaymentLine
from wenxi_portal.core.wording import labelled


def summary_paper(batch: PaymentBatch) -> bytes:
    """Return the sheet as .docx (page settings of GB/T 9704)."""
    day = date_format(timezone.localdate(batch.sealed_at), "DATE_FORMAT") if batch.sealed_at else ""
    drawn_on = f"{batch.budget_line.code} {batch.budget_line}"
    heads = (_("scheme"), _("people"), _("lines"), _("amount in yuan"))
    lines = [
        "# " + _("Summary of subsidies to be paid"),
        labelled(pgettext("payment batch", "Batch"), f"{batch.number} {batch.title}"),
        labelled(_("Budget line"), drawn_on),
        labelled(_("Unit"), settings.PORTAL_ORGANISER) + "    " + labelled(_("Sealed on"), day),
        "| " + " | ".join(heads) + " |",
        *_rows(batch),
        labelled(_("Total in words"), in_words(batch.total)),
        "- " + labelled(_("Fingerprint of the lines"), batch.lines_hash),
        labelled(_("Filled in by"), " " * 14) + labelled(_("Checked by"), ""),
        labelled(_("Approved for finance"), " " * 14) + labelled(_("Date"), ""),
    ]
    return built_paper(lines)


def _rows(batch: PaymentBatch) -> list[str]:
    rows = (
        PaymentLine.objects.filter(batch=batch)
        .order_by("claim__scheme__order", "claim__scheme__name")
        .values("claim__scheme__name")
        .annotate(people=Count("claim__student", distinct=True), lines=Count("pk"), total=Sum("amount"))
    )
    people = PaymentLine.objects.filter(batch=batch).values("claim__student").distinct().count()
    listed = [(row["claim__scheme__name"], row["people"], row["lines"], row["total"]) for row in rows]
    listed.append((_("Total"), people, batch.count, batch.total))
    return [f"| {name} | {count} | {number} | {total:,.2f} |" for name, count, number, total in listed]
