"""What the money tells a student at each step, and an office when an approval falls. Values hold no name."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.subsidies.enums import ClaimState
from wenxi_portal.core.money import money
from wenxi_portal.notifications.enums import Channel
from wenxi_portal.notifications.kinds import MessageKind, Params, declare

CLAIM_NEWS, CLAIM_STEP, CLAIM_VOIDED = "claim_news", "claim_step", "claim_voided"
RECOVERY_DEMANDED, ACCOUNT_CHANGED, CLAIM_AT_HOST = "recovery_demanded", "account_changed", "claim_at_host"
C = ClaimState

# News that ask for something or end a claim; the other steps only reach the inbox. Payment itself is told by the batch.
IMPORTANT = (C.ON_NOTICE, C.HANDED_BACK, C.REFUSED, C.WITHDRAWN, C.RECOVERED)
QUIET = (
    C.SUBMITTED, C.HOST_CONFIRMED, C.ENROLLED, C.FIRST_REVIEWED, C.SECOND_REVIEWED, C.GROUP_DECIDED, C.OBJECTED,
    C.CLEARED, C.CORRECTED,
)  # fmt: skip

_SUBJECTS = {
    "voided": gettext_lazy("Your claim over %(amount)s has to be looked at again"),
    C.ENROLLED: gettext_lazy("Your enrolment is checked: claim over %(amount)s"),
    C.SUBMITTED: gettext_lazy("Your claim over %(amount)s has arrived"),
    C.HOST_CONFIRMED: gettext_lazy("The host has confirmed your claim over %(amount)s"),
    C.FIRST_REVIEWED: gettext_lazy("Your claim over %(amount)s has passed the first review"),
    C.SECOND_REVIEWED: gettext_lazy("Your claim over %(amount)s has passed the second review"),
    C.GROUP_DECIDED: gettext_lazy("The leading group has decided on your claim over %(amount)s"),
    C.ON_NOTICE: gettext_lazy("Your claim over %(amount)s is on public notice"),
    C.OBJECTED: gettext_lazy("Somebody objects to your claim over %(amount)s"),
    C.CLEARED: gettext_lazy("Your claim over %(amount)s is cleared for payment"),
    C.CORRECTED: gettext_lazy("Your %(amount)s will be paid with the next batch"),
    C.HANDED_BACK: gettext_lazy("Your claim over %(amount)s was handed back to you"),
    C.REFUSED: gettext_lazy("Your claim over %(amount)s was refused"),
    C.WITHDRAWN: gettext_lazy("Your claim over %(amount)s has ended without payment"),
    C.RECOVERED: gettext_lazy("You have paid back %(amount)s"),
}
_WHAT_NOW = {
    "voided": gettext_lazy("Something it rests on has changed. Your page shows the amount and who has it now."),
    C.SUBMITTED: gettext_lazy("The host confirms it next. You see at any time who has it and until when."),
    C.HOST_CONFIRMED: gettext_lazy("The lead unit checks your enrolment and reviews it."),
    C.ENROLLED: gettext_lazy("The lead unit makes the first review."),
    C.FIRST_REVIEWED: gettext_lazy("The talent office reviews it next."),
    C.SECOND_REVIEWED: gettext_lazy("It goes on public notice next."),
    "group": gettext_lazy("The leading group decides on it."),
    C.GROUP_DECIDED: gettext_lazy("It goes on public notice next."),
    C.OBJECTED: gettext_lazy("Only this line waits. The office looks into it and tells you the result."),
    C.CLEARED: gettext_lazy("It is paid with the next batch, to your own account."),
    C.HANDED_BACK: gettext_lazy("Complete what is missing and hand it in again. Nothing you entered is lost."),
    C.REFUSED: gettext_lazy("If you see it otherwise, write to the office."),
}


def _key(params: Params) -> str:
    state: str = params["state"]
    return state if state == "voided" else C(state)


def _subject(params: Params) -> str:
    return str(_SUBJECTS[_key(params)]) % {"amount": money(params["amount"])}


def _body(params: Params) -> str:
    state, until = _key(params), params.get("until")
    lines = [f"{params['scheme']} · {params['claim']}"]
    if params.get("reason"):
        lines.append(_("Reason: %(reason)s") % {"reason": params["reason"]})
    if params.get("rejected"):
        lines.append(_("The objection was looked into and not upheld."))
    lines.append(str(_WHAT_NOW.get("group" if params.get("group") else state, "")))
    if until:
        day = date_format(date.fromisoformat(until), "DATE_FORMAT")
        if state == C.ON_NOTICE:
            lines.append(_("Until %(day)s everybody may object; after that it is cleared for payment.") % {"day": day})
        else:
            lines.append(_("Hand it in until %(day)s.") % {"day": day})
    return "\n".join(filter(None, lines))


def _page(params: Params) -> str:
    return reverse("my_subsidies:claim", args=[params["claim"]])


declare(
    MessageKind(
        name=CLAIM_NEWS, label=gettext_lazy("My subsidies: what is asked and what is paid"), subject=_subject,
        body=_body, url=_page, mandatory=True,
    )
)  # fmt: skip
declare(
    MessageKind(
        name=CLAIM_STEP, label=gettext_lazy("My subsidies: each step"), subject=_subject, body=_body, url=_page,
        usual=frozenset({Channel.INBOX}),
    )
)  # fmt: skip
declare(
    MessageKind(
        name=CLAIM_VOIDED,
        label=gettext_lazy("Approval of a claim voided"),
        subject=lambda params: _("What was approved for claim %(claim)s no longer holds") % {"claim": params["claim"]},
        body=lambda params: _("Reason: %(reason)s") % {"reason": params["reason"]},
        url=lambda params: reverse("admin:subsidies_claim_change", args=[params["key"]]),
        for_staff=True,
    )
)
declare(
    MessageKind(
        name=CLAIM_AT_HOST,
        label=gettext_lazy("Claims of our interns"),
        subject=lambda params: _("A claim of an intern waits for you: %(claim)s") % {"claim": params["claim"]},
        body=lambda _params: _("Confirm attendance and appraisal: the student's money waits for it."),
        url=lambda params: reverse("host_subsidies:claim", args=[params["key"]]),
    )
)
declare(
    MessageKind(
        name=ACCOUNT_CHANGED,
        label=gettext_lazy("My bank account was changed"),
        subject=lambda _params: _("Your bank account for subsidies was changed"),
        body=lambda _params: _("If it was not you who changed it, change your password and tell the office at once."),
        url=lambda _params: reverse("my_subsidies:account"),
        mandatory=True,
    )
)
declare(
    MessageKind(
        name=RECOVERY_DEMANDED,
        label=gettext_lazy("Money asked back"),
        subject=lambda params: _("%(amount)s are asked back") % {"amount": money(params["sum"])},
        body=lambda params: (
            _("Reason: %(reason)s") % {"reason": params["reason"]}
            + "\n"
            + _("Pay it back until %(day)s. Your page says why, and whom to ask.")
            % {"day": date_format(date.fromisoformat(params["until"]), "DATE_FORMAT")}
        ),
        url=_page,
        mandatory=True,
    )
)
