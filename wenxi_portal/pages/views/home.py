"""The home page."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bases.enums import BASE_BADGES, BaseState
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.bilingual import marked_name
from wenxi_portal.core.page_cache import public_page
from wenxi_portal.pages import navigation
from wenxi_portal.pages.models import Guide
from wenxi_portal.pages.selectors import home as selectors

DOORS = 6
GUIDES = 3


@dataclass(frozen=True, slots=True)
class LatestBase:
    """A base as the home page shows it: its name, kind and partners."""

    url: str
    name: str
    kind: str
    state: Any
    badge: Badge
    universities: list[str]
    partner: str


@require_safe
@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is and what one can do here, with live numbers."""
    context = {
        "is_home": True,
        "doors": navigation.items(navigation.DOORS)[:DOORS],
        "search": next(iter(navigation.items((navigation.BASES,))), None),
        "numbers": selectors.numbers(),
        "latest": [_latest(row) for row in selectors.latest_bases()],
        "notices": selectors.running_notices(),
        "last_days": selectors.last_days_to_apply(),
        "deadlines": selectors.next_deadlines(),
        "guides": Guide.objects.public()[:GUIDES],
    }
    return render(request, "pages/home.html", context)


def _latest(row: dict[str, Any]) -> LatestBase:
    state = BaseState(row["state"])
    return LatestBase(
        url=reverse("bases:detail", args=[row["pk"]]),
        name=marked_name(row["name"], row["name_en"]),
        kind=marked_name(row["kind__name"] or "", row["kind__name_en"] or ""),
        state=state.label,
        badge=BASE_BADGES[state],
        universities=[marked_name(name, name_en) for name, name_en in row["universities"]],
        partner=marked_name(row["local_partner__name"] or "", row["local_partner__name_en"] or ""),
    )
