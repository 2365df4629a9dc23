"""The deeds on a stay as buttons: each asks what it needs on a page of its own and hands it to a service."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action
from unfold.enums import ActionVariant

from internships.admin import stay_forms as forms
from internships.enums import AgreementParty, PlacementState
from internships.models import Placement
from internships.models.placement import OVER
from internships.selectors.readiness import present_agreement
from internships.selectors.stay_page import certificate_of
from internships.services.certificate import issue_certificate, revoke_certificate
from internships.services.insurance import cancel_insurance, insure
from internships.services.placement import assign, cancel, move_days
from internships.services.readiness import confirm_enrolment, keep_guardian_consent, make_ready
from internships.services.stay_agreement import OPEN_STATES, generate, keep_scan, link_token, send_link
from internships.services.stay_course import complete, end_early, extend, interrupt, record_outcome, resume, start
from internships.services.transfer import transfer
from wenxi_portal.core.admin.moves import Deed
from wenxi_portal.core.errors import DomainError

P = PlacementState
PREPARED = (P.PLANNED, P.READY)
RUNNING = (P.ON_POST, P.INTERRUPTED)
Perform = Callable[[HttpRequest, Placement, dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class StayDeed:
    """One button: in which states it stands there, its words and form, and what it does."""

    name: str
    states: tuple[PlacementState, ...]
    title: Promise
    icon: str
    form: type[forms.StayForm]
    perform: Perform
    done: Promise
    explanation: Promise | str = ""
    danger: bool = False
    first: bool = False


def _plain(service: Callable[..., Any]) -> Perform:
    """Return the deed that hands the form's values to a verb as they are."""
    return lambda request, stay, values: service(placement=stay, actor=request.user, **values)


def _certificate_site(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("internships:enter_code"))


def _present(stay: Placement) -> Any:
    agreement = present_agreement(stay)
    if agreement is None:
        raise DomainError(_("Generate the agreement first."), code="none")
    return agreement


def _scan(request: HttpRequest, stay: Placement, values: dict[str, Any]) -> Any:
    return keep_scan(
        agreement=_present(stay),
        upload=values["upload"],
        signers=forms.ScanForm.signers(values),
        actor=request.user,  # type: ignore[arg-type]
    )


def _send(request: HttpRequest, stay: Placement, values: dict[str, Any]) -> Any:
    agreement, party = _present(stay), AgreementParty(values["party"])
    address = request.build_absolute_uri(reverse("internships:agreement", args=[link_token(agreement, party)]))
    return send_link(agreement=agreement, party=party, email=values["email"], address=address, actor=request.user)  # type: ignore[arg-type]


def _insure(request: HttpRequest, stay: Placement, values: dict[str, Any]) -> Any:
    policy = forms.InsuranceForm.policy(values)
    return insure(placements=[stay], policy=policy, actor=request.user, upload=values["upload"])  # type: ignore[arg-type]


def _cancel_insurance(request: HttpRequest, _stay: Placement, values: dict[str, Any]) -> Any:
    return cancel_insurance(actor=request.user, **values)  # type: ignore[arg-type]


def _check_enrolment(request: HttpRequest, stay: Placement, _values: dict[str, Any]) -> Any:
    return confirm_enrolment(student=stay.student, actor=request.user)  # type: ignore[arg-type]


def _keep_consent(request: HttpRequest, stay: Placement, values: dict[str, Any]) -> Any:
    return keep_guardian_consent(student=stay.student, upload=values["upload"], actor=request.user)  # type: ignore[arg-type]


def _issue(request: HttpRequest, stay: Placement, _values: dict[str, Any]) -> Any:
    return issue_certificate(placement=stay, actor=request.user, site=_certificate_site(request))  # type: ignore[arg-type]


def _revoke(request: HttpRequest, stay: Placement, values: dict[str, Any]) -> Any:
    certificate = certificate_of(stay)
    if certificate is None:
        raise DomainError(_("There is no valid certificate."), code="none")
    return revoke_certificate(certificate=certificate, actor=request.user, reason=values["reason"])  # type: ignore[arg-type]


DEEDS = (
    StayDeed("make_ready", (P.PLANNED,), gettext_lazy("Make ready"), "task_alt", forms.StayForm, _plain(make_ready),
             gettext_lazy("The stay is ready."), first=True),
    StayDeed("start", (P.READY,), gettext_lazy("Start"), "play_arrow", forms.OnForm, _plain(start),
             gettext_lazy("The student is on post."), first=True),
    StayDeed("complete", (P.ON_POST,), gettext_lazy("Complete"), "flag", forms.StayForm, _plain(complete),
             gettext_lazy("The stay is completed."), first=True),
    StayDeed("issue_certificate", OVER, gettext_lazy("Issue the certificate"), "workspace_premium", forms.StayForm,
             _issue, gettext_lazy("The certificate is issued."), first=True),
    StayDeed("generate", OPEN_STATES, gettext_lazy("Generate the agreement"), "description", forms.StayForm,
             _plain(generate), gettext_lazy("The agreement is on file."),
             gettext_lazy("Filled in for the present days. Links of an earlier version are void then.")),
    StayDeed("keep_scan", OPEN_STATES, gettext_lazy("Upload the stamped agreement"), "upload_file", forms.ScanForm,
             _scan, gettext_lazy("The scan is on file.")),
    StayDeed("send_link", OPEN_STATES, gettext_lazy("Send the link to confirm"), "send", forms.SendLinkForm,
             _send, gettext_lazy("The link is on its way.")),
    StayDeed("insure", (*PREPARED, *RUNNING), gettext_lazy("Enter insurance"), "health_and_safety",
             forms.InsuranceForm, _insure, gettext_lazy("The insurance is on file.")),
    StayDeed("cancel_insurance", (*PREPARED, *RUNNING), gettext_lazy("Cancel an insurance"), "shield",
             forms.CancelInsuranceForm,
             _cancel_insurance,
             gettext_lazy("The insurance is cancelled."), danger=True),
    StayDeed("confirm_enrolment", PREPARED, gettext_lazy("Enrolment checked"), "school", forms.StayForm,
             _check_enrolment,
             gettext_lazy("The enrolment is checked.")),
    StayDeed("guardian", PREPARED, gettext_lazy("Guardian's consent"), "family_restroom", forms.UploadForm,
             _keep_consent,
             gettext_lazy("The consent is on file.")),
    StayDeed("assign", (*PREPARED, *RUNNING), gettext_lazy("Mentor and officer"), "badge", forms.AssignForm,
             _plain(assign), gettext_lazy("Kept.")),
    StayDeed("move_days", PREPARED, gettext_lazy("Move the days"), "date_range", forms.MoveDaysForm,
             _plain(move_days), gettext_lazy("The days are moved.")),
    StayDeed("interrupt", (P.ON_POST,), gettext_lazy("Interrupt"), "pause", forms.OnWhyForm, _plain(interrupt),
             gettext_lazy("The stay is interrupted.")),
    StayDeed("resume", (P.INTERRUPTED,), gettext_lazy("Resume"), "play_arrow", forms.OnForm, _plain(resume),
             gettext_lazy("The student is on post."), first=True),
    StayDeed("extend", (P.READY, *RUNNING), gettext_lazy("Extend"), "event_repeat", forms.ExtendForm, _plain(extend),
             gettext_lazy("The stay is extended. Look at the insurance.")),
    StayDeed("transfer", RUNNING, gettext_lazy("Transfer"), "swap_horiz", forms.TransferForm, _plain(transfer),
             gettext_lazy("The stay ends here; this is the new one."),
             gettext_lazy("The new stay needs an agreement and insurance of its own before it begins.")),
    StayDeed("end_early", RUNNING, gettext_lazy("End early"), "event_busy", forms.OnWhyForm, _plain(end_early),
             gettext_lazy("The stay has ended."), danger=True),
    StayDeed("cancel", PREPARED, gettext_lazy("Cancel the stay"), "block", forms.WhyForm, _plain(cancel),
             gettext_lazy("The stay is cancelled; the seat is free again."), danger=True),
    StayDeed("outcome", OVER, gettext_lazy("What followed"), "work", forms.OutcomeForm, _plain(record_outcome),
             gettext_lazy("Kept.")),
    StayDeed("revoke_certificate", OVER, gettext_lazy("Revoke the certificate"), "remove_moderator", forms.WhyForm,
             _revoke, gettext_lazy("The certificate is revoked."), danger=True),
)  # fmt: skip
BY_NAME = {deed.name: deed for deed in DEEDS}
PERMISSION = "internships.move_placement"


def button(deed: StayDeed) -> Any:
    """Return the method behind a deed's button."""

    def asked(admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
        stay: Placement = admin.visible_or_404(request, unquote(object_id))
        barred = "" if stay.state in deed.states else _("In its present state this cannot be done with the stay.")
        return admin.deed_view(  # type: ignore[no-any-return]
            request,
            stay,
            Deed(
                title=deed.title,
                button=deed.title,
                form=deed.form,
                perform=lambda **values: deed.perform(request, stay, values),
                done=deed.done,
                explanation=deed.explanation,
                danger=deed.danger,
                barred=barred,
            ),
            permission=PERMISSION,
            stay=stay,
        )

    asked.__name__ = deed.name
    variant = ActionVariant.PRIMARY if deed.first else ActionVariant.DEFAULT
    return action(description=deed.title, url_path=deed.name, icon=deed.icon, variant=variant)(asked)


# The mixin with a method for each deed.
StayDeeds: Any = type("StayDeeds", (), {deed.name: button(deed) for deed in DEEDS})
