"""What the page of a position tells of it, fact by fact."""

from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bases.enums import PUBLIC_BASE_STATES
from internships.enums import Discipline, Sector
from internships.models import Position
from internships.selectors.host_record import HostRecord
from internships.views import position_words as words
from wenxi_portal.core.bilingual import marked_name
from wenxi_portal.core.wording import marked_list, word_list

Facts = list[tuple[str, Any]]


def band(position: Position) -> Facts:
    """Return the four facts that matter: for whom, when, how many, until when."""
    return [
        (_("For students of"), words.level_words(position.levels)),
        (_("Period"), words.period_words(position.starts_on, position.ends_on)),
        (_("Seats"), words.seat_words(position.seats_left, position.seats)),
        (_("Apply until"), words.deadline_words(position.apply_until)),
    ]


def wanted(position: Position) -> Facts:
    """Return whom the host looks for."""
    fields = word_list(Discipline(value).label for value in sorted(position.disciplines))
    return [
        (_("Field of study"), fields or _("every field")),
        (_("Majors"), marked_list(marked_name(major) for major in position.majors)),
    ]


def conditions(position: Position) -> Facts:
    """Return hours, what the host offers, and where it is."""
    hours = formats.number_format(position.hours_a_day.normalize(), use_l10n=True)
    return [
        (_("Hours"), _("%(hours)s hours a day, %(days)d days a week") % {"hours": hours, "days": position.days_a_week}),
        (_("Offered by the host"), words.offer_words(vars(position)) or _("no lodging, meals or transport")),
        (_("Besides"), marked_name(position.benefits)),
        (_("Place"), marked_name(position.place)),
        (_("Address"), marked_name(position.address)),
        (_("Map"), _map_link(position)),
    ]


def about_host(position: Position, found: HostRecord | None) -> Facts:
    """Return who offers the position, how the host answers, and who looks after it."""
    host, unit = position.host, position.lead_unit
    return [
        (_("Host"), marked_name(host.name, host.name_en)),
        (pgettext("of a position", "Kind of work"), Sector(position.sector).label),
        (_("How the host answers"), words.record_words(found)),
        (_("Base"), _base_link(position)),
        (_("Lead unit"), marked_name(unit.name, unit.name_en)),
    ]


def _map_link(position: Position) -> Any:
    """Return the place for the map application of the reader's own device: no map is loaded from elsewhere."""
    if position.latitude is None or position.longitude is None:
        return ""
    at = f"{position.latitude:.5f},{position.longitude:.5f}"
    return format_html('<a href="geo:{}">{}</a>', at, _("Open in a map (%(at)s)") % {"at": at})


def _base_link(position: Position) -> Any:
    base = position.base
    if base is None or base.state not in PUBLIC_BASE_STATES:
        return ""
    name = marked_name(base.name, base.name_en)
    return format_html('<a href="{}">{}</a>', reverse("bases:detail", args=[base.pk]), name)


def allowance(position: Position) -> Any:
    """Return the allowance that would follow, line by line."""
    return format_html_join("", "<li>{}</li>", ((line,) for line in words.allowance_lines(position.levels)))
