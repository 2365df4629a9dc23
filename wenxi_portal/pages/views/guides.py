"""Guides."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wenxi_portal.core.bilingual import marked_name
from wenxi_portal.core.page_cache import public_page
from wenxi_portal.pages.models import Guide
from wenxi_portal.pages.selectors.guides import elements


@require_safe
@public_page
def guide_list(request: HttpRequest) -> HttpResponse:
    """List the published guides."""
    context = {"crumbs": [(_("Guides"), "")], "guides": Guide.objects.public()}
    return render(request, "pages/guide_list.html", context)


@require_safe
@public_page
def guide_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one guide with every element that holds something."""
    guide = get_object_or_404(Guide.objects.public(), slug=slug)
    english = request.preferences.language == "en"  # type: ignore[attr-defined]
    context = {
        "crumbs": [(_("Guides"), reverse("pages:guides")), (marked_name(guide.title, guide.title_en), "")],
        "guide": guide,
        "elements": elements(guide, english=english),
    }
    return render(request, "pages/guide_detail.html", context)
