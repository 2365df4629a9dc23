"""Public agreements in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import formats
from django.utils.translation import gettext as _

from bases.enums import AgreementState
from bases.models import Agreement
from bases.views.cards import Text
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.bilingual import marked_name
from wenxi_portal.core.wording import marked_list


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
    """Return the entries of agreements that carry ``signatories``."""
    return [
        AgreementEntry(
            title=marked_name(agreement.title, agreement.title_en),
            kind=agreement.get_kind_display(),
            state=agreement.get_state_display(),
            badge=agreement.badge,
            parties=marked_list(_party(found) for found in agreement.signatories),  # type: ignore[attr-defined]
            dates=_dates(agreement),
            summary=marked_name(agreement.summary, agreement.summary_en),
        )
        for agreement in agreements
    ]


def _party(found: dict[str, Any]) -> Text:
    """Return a party as signed; in English only where the name as signed is that of the record, or the county's."""
    name, english = found["name"], ""
    if name == found["known"]:
        english = found["known_en"]
    elif name == settings.PORTAL_COUNTY:
        english = settings.PORTAL_COUNTY_EN
    return marked_name(name, english)


def _dates(agreement: Agreement) -> list[Text]:
    found: list[Text] = []
    if agreement.signed_on:
        found.append(_("Signed on %(day)s") % {"day": formats.date_format(agreement.signed_on)})
    elif agreement.signed_year:
        found.append(_("Signed in %(year)s") % {"year": agreement.signed_year})
    if agreement.date_note:
        found.append(marked_name(agreement.date_note, agreement.date_note_en))
    if not found and agreement.state != AgreementState.INTENT:
        found.append(_("Date of signing not on file yet"))
    if agreement.terminated_on:
        found.append(_("Terminated on %(day)s") % {"day": formats.date_format(agreement.terminated_on)})
    elif agreement.valid_until:
        found.append(_("Valid until %(day)s") % {"day": formats.date_format(agreement.valid_until)})
    return found
