"""Enter the demonstration in one click."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wenxi_portal.accounts.permissions import demo_is_on
from wenxi_portal.pages.enums import DemoRole
from wenxi_portal.pages.services.demo_entry import ensure_demo_account


@never_cache
@require_POST
def enter_demo(request: HttpRequest) -> HttpResponse:
    """Sign in as the chosen figure; a visitor is signed out. Absent outside the demonstration."""
    role = request.POST.get("role", "")
    if not demo_is_on() or role not in DemoRole.values:
        raise Http404
    # Nothing of the person before goes over to the next one.
    logout(request)
    if role == DemoRole.VISITOR:
        return redirect("pages:home")
    login(request, ensure_demo_account(role=DemoRole(role)), backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("pages:after_sign_in")
