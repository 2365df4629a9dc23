"""What the sweep of the money tells department and auditors. Students are told by ``notifications/claims.py``."""

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from internships.subsidies.enums import Impossible
from wenxi_portal.core.wording import labelled
from wenxi_portal.notifications.kinds import MessageKind, Params, declare


def _subject(params: Params) -> str:
    number = sum(params["found"].values())
    words = ngettext(
        "%(number)d record of the money is as it should never be",
        "%(number)d records of the money are as they should never be",
        number,
    )
    return words % {"number": number}


def _body(params: Params) -> str:
    return "\n".join(labelled(Impossible(key).label, number) for key, number in sorted(params["found"].items()))


declare(
    MessageKind(
        name="impossible_money",
        label=gettext_lazy("Proof of separate hands and right sums failed"),
        subject=_subject,
        body=_body,
        url=lambda _params: reverse("admin:index"),
        mandatory=True,
        urgent=True,
        for_staff=True,
    )
)
