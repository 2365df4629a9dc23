"""The home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wenxi_portal.core.page_cache import public_page
from wenxi_portal.pages import navigation
from wenxi_portal.pages.models import Guide
from wenxi_portal.pages.selectors import home as selectors

DOORS = 4


@require_safe
@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is and what one can do here, with live numbers."""
    context = {
        "is_home": True,
        "doors": navigation.items(navigation.DOORS)[:DOORS],
        "search": next(iter(navigation.items((navigation.BASES,))), None),
        "about": next(iter(navigation.items((navigation.ABOUT,))), None),
        "numbers": selectors.numbers(),
        "latest": selectors.latest_bases(),
        "deadlines": selectors.next_deadlines(),
        "guides": Guide.objects.public()[:3],
    }
    return render(request, "pages/home.html", context)
