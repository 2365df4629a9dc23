"""States and dates in a list: a colour, an icon and a word, never a colour alone."""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wenxi_portal.core.badges import Badge

# The symbols of the admin's own icon font for the icons that states name.
SYMBOLS = {
    "draft": "edit_note",
    "plaque": "verified",
    "pause": "pause_circle",
    "closed": "block",
    "handshake": "handshake",
    "signed": "signature",
    "expired": "event_busy",
}
SOON_DAYS, NEAR_DAYS = 30, 90


def badge(look: Badge, words: str) -> SafeString:
    """Return a state as it is shown in lists and headings."""
    return label(look.tone, SYMBOLS.get(look.icon, "circle"), words)


def label(tone: str, symbol: str, words: str) -> SafeString:
    """Return a label; ``tone`` is one of success, warning, danger, info, muted."""
    return format_html(
        '<span class="portal-label portal-label--{}">'
        '<span class="material-symbols-outlined" aria-hidden="true">{}</span>{}</span>',
        tone,
        symbol,
        words,
    )


def days_words(day: date, today: date | None = None) -> str:
    """Return how far ``day`` is from ``today`` (default: now, China Standard Time) in words."""
    left = (day - (today or timezone.localdate())).days
    if left < 0:
        return ngettext("%(days)d day overdue", "%(days)d days overdue", -left) % {"days": -left}
    if left == 0:
        return _("ends today")
    return ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}


def expiry(day: date | None) -> SafeString | str:
    """Return the last day of a running paper with how urgent it is."""
    if day is None:
        return label("muted", "all_inclusive", _("no last day"))
    left = (day - timezone.localdate()).days
    words = f"{date_format(day, 'DATE_FORMAT')} · {days_words(day)}"
    if left < 0:
        return label("danger", "error", words)
    if left <= SOON_DAYS:
        return label("warning", "schedule", words)
    return label("info", "schedule", words) if left <= NEAR_DAYS else label("success", "event_available", words)
