"""The inbox: what the portal has told me. Opening it changes nothing; marking is a button of its own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wenxi_portal.core.pagination import page_links
from wenxi_portal.notifications.selectors.inbox import inbox as inbox_of
from wenxi_portal.notifications.selectors.inbox import unread_count
from wenxi_portal.notifications.services.inbox import mark_all_read, mark_read

PER_PAGE = 20


@never_cache
@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """Show my messages, newest first; ``?show=unread`` those I have not read."""
    only_unread = request.GET.get("show") == "unread"
    page = Paginator(inbox_of(request.user, only_unread=only_unread), PER_PAGE).get_page(request.GET.get("page"))
    for message in page.object_list:
        # All are the reader's own; one account object answers what its roles allow.
        message.recipient = request.user
    context = {
        "page": page,
        "links": page_links(page, request.GET),
        "only_unread": only_unread,
        "unread": unread_count(request.user),
        "crumbs": [(_("My account"), reverse("accounts:me")), (_("Inbox"), "")],
    }
    return render(request, "notifications/inbox.html", context)


@never_cache
@require_POST
@login_required
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one message as read; ``open`` leads on to the matter."""
    message = mark_read(user=request.user, message_id=pk)  # type: ignore[arg-type]
    if message is None:
        raise Http404
    if "open" in request.POST and message.url:
        return HttpResponseRedirect(message.url)
    return HttpResponseRedirect(_back(request))


@never_cache
@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    mark_all_read(user=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Everything is marked as read."))
    return redirect("notifications:inbox")


def _back(request: HttpRequest) -> str:
    """Return the list as the person saw it."""
    show = "?show=unread" if request.POST.get("show") == "unread" else ""
    return reverse("notifications:inbox") + show
