"""What this room tells: there is something new in a view."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wenxi_portal.notifications.kinds import MessageKind, Params, declare
from wenxi_portal.saved_views import listings


def _subject(params: Params) -> str:
    listing = listings.find(params["listing"])
    count = params["count"]
    words = ngettext(
        "%(list)s: %(count)d new row in a saved view", "%(list)s: %(count)d new rows in a saved view", count
    )
    return words % {"list": listing.label if listing else _("A list"), "count": count}


def _body(_params: Params) -> str:
    return _("They match a view that you keep. The link shows only what is new; it opens for you alone.")


declare(
    MessageKind(
        name="saved_view",
        label=gettext_lazy("New rows in a saved view"),
        subject=_subject,
        body=_body,
        url=lambda params: reverse("saved_views:new", args=[params["view"], params["look"]]),
        for_staff=True,
    )
)
