"""The picture that a position shows where its page is shared."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from internships.models import Position
from internships.views import position_words as words
from internships.views.position_detail import position_or_404
from wenxi_portal.core.bilingual import plain_name
from wenxi_portal.core.page_cache import public_page
from wenxi_portal.core.share_picture import Picture, draw, is_drawable


@require_safe
@public_page
def position_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with a picture of the position's title, host and dates."""
    return HttpResponse(draw(_picture(position_or_404(request, pk))), content_type="image/png")


def _picture(position: Position) -> Picture:
    host, until = position.host, position.apply_until
    title = plain_name(position.title, position.title_en)
    days = f"{position.starts_on:%Y-%m-%d} – {position.ends_on:%Y-%m-%d}"
    facts = (strip_tags(words.level_words(position.levels)), plain_name(position.place), days)
    return Picture(
        over=plain_name(host.name, host.name_en) if is_drawable(host.name) else host.name_en,
        title=title if is_drawable(title) else position.title_en,
        lines=[
            " · ".join(fact for fact in facts if is_drawable(fact)),
            _("Apply until %(day)s") % {"day": words.deadline_words(until)},
            words.seat_words(position.seats_left, position.seats),
        ],
        foot=plain_name(settings.PORTAL_SITE_NAME, settings.PORTAL_SITE_NAME_EN)
        if is_drawable(settings.PORTAL_SITE_NAME)
        else settings.PORTAL_SITE_NAME_EN,
    )
