"""What the internships room tells. Words are made when somebody reads them; no personal data beyond the sentence."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenxi_portal.notifications.kinds import MessageKind, Params, declare


def _support(params: Params) -> str:
    return reverse("my_internships:support", args=[params["object"]])


def _service(params: Params) -> str:
    return reverse("my_internships:service", args=[params["object"]])


def _living(params: Params) -> str:
    return reverse("my_internships:living", args=[params["stay"]])


def _activities(params: Params) -> str:
    return reverse("my_internships:activities", args=[params["stay"]])


declare(
    MessageKind(
        name="support_answered",
        label=gettext_lazy("Request for support answered"),
        subject=lambda _params: _("Your request for support is answered"),
        body=lambda _params: _("Read the answer. If it does not help, have the request taken up again."),
        url=_support,
    )
)
declare(
    MessageKind(
        name="service_answered",
        label=gettext_lazy("Request at the one window answered"),
        subject=lambda _params: _("The window has answered your request"),
        body=lambda _params: _("Read the answer and say how content you are with it."),
        url=_service,
    )
)
declare(
    MessageKind(
        name="shuttle_called_off",
        label=gettext_lazy("Shuttle called off"),
        subject=lambda params: _("“%(title)s” is called off") % {"title": params["title"]},
        body=lambda params: _("Reason: %(reason)s") % {"reason": params["reason"]},
        url=_living,
        urgent=True,
        mandatory=True,
    )
)
declare(
    MessageKind(
        name="shuttle_changed",
        label=gettext_lazy("Shuttle at another time or place"),
        subject=lambda params: _("“%(title)s”: time or place has changed") % {"title": params["title"]},
        body=lambda _params: _("You keep your seat. Look up when and where it leaves now, or give the seat back."),
        url=_living,
        urgent=True,
        mandatory=True,
    )
)
declare(
    MessageKind(
        name="activity_changed",
        label=gettext_lazy("Activity at another time or place"),
        subject=lambda params: _("“%(title)s”: time or place has changed") % {"title": params["title"]},
        body=lambda _params: _("You stay signed up. Look up when and where it is now, or sign off."),
        url=_activities,
        mandatory=True,
    )
)
declare(
    MessageKind(
        name="activity_called_off",
        label=gettext_lazy("Activity called off"),
        subject=lambda params: _("“%(title)s” is called off") % {"title": params["title"]},
        body=lambda params: _("Reason: %(reason)s") % {"reason": params["reason"]},
        url=_activities,
        mandatory=True,
    )
)
declare(
    MessageKind(
        name="activity_moved_up",
        label=gettext_lazy("A seat in an activity has become free"),
        subject=lambda params: _("You have a seat: “%(title)s”") % {"title": params["title"]},
        body=lambda _params: _("You moved up from the waiting list."),
        url=_activities,
    )
)
