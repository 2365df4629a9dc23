"""What the internships room tells: each kind of message with its words. Values hold no name and no number."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.enums import ApplicationState
from wenxi_portal.notifications.kinds import MessageKind, Params, declare

NEWS, AT_HOST, AT_DESK = "application_news", "application_at_host", "application_at_desk"
NOMINATED, NOMINATION_ANSWERED = "nominated", "nomination_answered"
S = ApplicationState

_NEWS = {
    S.SUBMITTED: gettext_lazy("Your application for “%(position)s” has arrived"),
    S.HANDED_BACK: gettext_lazy("Your application for “%(position)s” was handed back to you"),
    S.SHORTLISTED: gettext_lazy("You are shortlisted for “%(position)s”"),
    S.WAIT_LISTED: gettext_lazy("You are on the waiting list for “%(position)s”"),
    S.OFFERED: gettext_lazy("You are offered “%(position)s”: please answer"),
    S.REFUSED: gettext_lazy("Your application for “%(position)s” was refused"),
    S.LAPSED: gettext_lazy("Your application for “%(position)s” has lapsed"),
    S.PLACED: gettext_lazy("Your place for “%(position)s” is settled"),
}
_WHAT_NOW = {
    S.SUBMITTED: gettext_lazy("The host decides. You see at any time who has your application and until when."),
    S.HANDED_BACK: gettext_lazy("Read what is missing, complete it and submit it again. Nothing you wrote is lost."),
    S.SHORTLISTED: gettext_lazy("The host now sees how to reach you and may call you."),
    S.WAIT_LISTED: gettext_lazy("When a seat becomes free, the next on the list is offered it by itself."),
    S.REFUSED: gettext_lazy("Look at the other open positions: you may apply again at once."),
    S.LAPSED: gettext_lazy("Nobody answered in time. You may apply again or look for another position."),
    S.PLACED: gettext_lazy("Look at your stay: which papers are needed, and when it begins."),
}
_AT_HOST = {
    S.SUBMITTED: gettext_lazy("New application for “%(position)s”"),
    S.ACCEPTED: gettext_lazy("An applicant accepted your offer of “%(position)s”"),
    S.DECLINED: gettext_lazy("An applicant declined your offer of “%(position)s”"),
    S.WITHDRAWN: gettext_lazy("An application for “%(position)s” was withdrawn"),
    S.LAPSED: gettext_lazy("An application for “%(position)s” has lapsed"),
}


def _news_subject(params: Params) -> str:
    return _NEWS[S(params["state"])] % {"position": params["position"]}


def _news_body(params: Params) -> str:
    state = S(params["state"])
    if state == S.OFFERED:
        until = timezone.localtime(datetime.fromisoformat(params["until"]))
        return _("Accept or decline until %(until)s. After that the seat goes to the next.") % {
            "until": date_format(until, "DATETIME_FORMAT")
        }
    reason = _("Reason: %(reason)s") % {"reason": params["reason"]} if params.get("reason") else ""
    return "\n".join(filter(None, [reason, str(_WHAT_NOW[state])]))


def _host_subject(params: Params) -> str:
    return _AT_HOST[S(params["state"])] % {"position": params["position"]}


def _host_body(params: Params) -> str:
    if params["state"] == S.SUBMITTED:
        return _("Please look at it and decide. The applicant sees until when you answer.")
    return _("Nothing has to be done; the next on the waiting list moves up by itself.")


declare(
    MessageKind(
        name=NEWS,
        label=gettext_lazy("News of my applications"),
        subject=_news_subject,
        body=_news_body,
        url=lambda params: reverse("my_internships:application", args=[params["application"]]),
        mandatory=True,
    )
)
declare(
    MessageKind(
        name=AT_HOST,
        label=gettext_lazy("Applications for our positions"),
        subject=_host_subject,
        body=_host_body,
        url=lambda params: reverse("host_desk:applicant", args=[params["application"]]),
    )
)
declare(
    MessageKind(
        name=AT_DESK,
        label=gettext_lazy("Accepted offers that wait for a stay"),
        subject=lambda params: _("A student accepted “%(position)s”: plan the stay") % {"position": params["position"]},
        body=lambda _params: _("The lead unit plans the days; agreement and insurance follow."),
        url=lambda params: reverse("admin:internships_placement_place", args=[params["application"]]),
    )
)
declare(
    MessageKind(
        name=NOMINATED,
        label=gettext_lazy("Nominated by my university"),
        subject=lambda params: (
            _("%(university)s nominates you for “%(position)s”")
            % {"university": params["university"], "position": params["position"]}
        ),
        body=lambda _params: _("Confirm or decline. Confirmed, it becomes your application."),
        url=lambda _params: reverse("my_internships:home"),
        mandatory=True,
    )
)
declare(
    MessageKind(
        name=NOMINATION_ANSWERED,
        label=gettext_lazy("Answers to nominations"),
        subject=lambda params: (
            (
                _("A nominated student confirmed: “%(position)s”")
                if params["confirmed"]
                else _("A nominated student declined: “%(position)s”")
            )
            % {"position": params["position"]}
        ),
        body=lambda _params: _("The list of your nominations shows who it was."),
        url=lambda _params: reverse("university_desk:nominations"),
    )
)
