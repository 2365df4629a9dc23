"""What the internships room tells. Words are made when somebody reads them; no personal data beyond the sentence."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.enums import ClosingCause
from wenxi_portal.notifications.kinds import MessageKind, Params, declare


def _host_position(params: Params) -> str:
    return reverse("host_desk:position", args=[params["object"]])


declare(
    MessageKind(
        name="position_published",
        label=gettext_lazy("Position published"),
        subject=lambda params: _("On the list: “%(title)s”") % {"title": params["title"]},
        body=lambda _params: _("Students can apply from now on. Confirm now and then that it still stands."),
        url=_host_position,
    )
)
declare(
    MessageKind(
        name="position_handed_back",
        label=gettext_lazy("Position handed back"),
        subject=lambda params: _("Please correct: “%(title)s”") % {"title": params["title"]},
        body=lambda params: _("The lead unit says: %(reason)s") % {"reason": params["reason"]},
        url=_host_position,
    )
)
declare(
    MessageKind(
        name="position_closed",
        label=gettext_lazy("Position closed by the portal"),
        subject=lambda params: _("Closed: “%(title)s”") % {"title": params["title"]},
        body=lambda params: (
            _("%(cause)s. You can bring it up to date and send it to review again.")
            % {"cause": ClosingCause(params["cause"]).label}
        ),
        url=_host_position,
    )
)
