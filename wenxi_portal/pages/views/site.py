"""About, site map, accessibility statement."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wenxi_portal.core.page_cache import public_page
from wenxi_portal.pages import navigation
from wenxi_portal.pages.models import Guide
from wenxi_portal.pages.selectors import about as about_selectors
from wenxi_portal.pages.selectors import home as home_selectors


@require_safe
@public_page
def about(request: HttpRequest) -> HttpResponse:
    """Show 1+8+N with what is on file."""
    context = {
        "crumbs": [(_("About 1+8+N"), "")],
        "numbers": home_selectors.numbers(),
        "units": about_selectors.lead_units(),
    }
    return render(request, "pages/about.html", context)


@require_safe
@public_page
def site_map(request: HttpRequest) -> HttpResponse:
    """List every page that exists."""
    context = {
        "crumbs": [(_("Site map"), "")],
        "ways": navigation.items(navigation.EVERYTHING),
        "guides": Guide.objects.public(),
    }
    return render(request, "pages/site_map.html", context)


@require_safe
@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what was done so that everybody can use the portal, and what was not."""
    return render(request, "pages/accessibility.html", {"crumbs": [(_("Accessibility"), "")]})
