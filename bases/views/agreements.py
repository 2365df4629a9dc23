"""Public agreements in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from bases.enums import AgreementState
from bases.models import Agreement
from bases.views.cards import Text, joined
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.bilingual import marked_name


@dataclass(frozen=True, slots=True)
class AgreementEntry:
    """An agreement with its parties, its state and what is known of its dates."""

    title: Text
    kind: Any
    state: Any
    badge: Badge
    parties: Text
    dates: list[Text]
    summary: Text


def agreement_entries(agreements: Iterable[Agreement]) -> list[AgreementEntry]:
    """Return the entries of agreements that carry ``party_names``."""
    return [
        AgreementEntry(
            title=marked_name(agreement.title),
            kind=agreement.get_kind_display(),
            state=agreement.get_state_display(),
            badge=agreement.badge,
            parties=joined(marked_name(name) for name in agreement.party_names),  # type: ignore[attr-defined]
            dates=_dates(agreement),
            summary=marked_name(agreement.summary),
        )
        for agreement in agreements
    ]


def _dates(agreement: Agreement) -> list[Text]:
    found: list[Text] = []
    if agreement.signed_on:
        found.append(_("Signed on %(day)s") % {"day": formats.date_format(agreement.signed_on)})
    elif agreement.signed_year:
        found.append(_("Signed in %(year)s") % {"year": agreement.signed_year})
    if agreement.date_note:
        found.append(marked_name(agreement.date_note))
    if not found and agreement.state != AgreementState.INTENT:
        found.append(_("Date of signing not on file yet"))
    if agreement.terminated_on:
        found.append(_("Terminated on %(day)s") % {"day": formats.date_format(agreement.terminated_on)})
    elif agreement.valid_until:
        found.append(_("Valid until %(day)s") % {"day": formats.date_format(agreement.valid_until)})
    return found
