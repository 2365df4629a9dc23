"""The three-party agreement: filled in, confirmed by link or by a stamped scan."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from internships.enums import AgreementParty, PlacementState, SignatureWay, TemplateKind
from internships.models import AgreementScan, AgreementSignature, Placement, StayAgreement
from internships.selectors.readiness import missing_parties, present_agreement, speaks_of_present_days
from internships.services.kept_files import keep_upload
from internships.services.paper_rendering import render
from internships.services.paper_templates import as_upload, content_in_use
from internships.services.stay_rows import touch
from internships.services.telling import tell_host, tell_officer, tell_school, tell_student
from talent.services.registration import send_words
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

_SALT = "internships.agreement"
OPEN_STATES = (PlacementState.PLANNED, PlacementState.READY, PlacementState.ON_POST, PlacementState.INTERRUPTED)


@transaction.atomic
def generate(*, placement: Placement, actor: User | None) -> StayAgreement:
    """Fill the template in for the present days and keep it as the next version; earlier links are void then.

    The same values in the same template are the same paper: a double click makes one version.
    """
    stay = lock(placement)
    if stay.state not in OPEN_STATES:
        raise DomainError(_("This stay is over: there is nothing left to agree on."), code="transition")
    template, content = content_in_use(TemplateKind.AGREEMENT)
    with override("zh-hans"):
        values = _values(stay)
    told = json.dumps(values, ensure_ascii=False, sort_keys=True)
    basis = hashlib.sha256(content + told.encode()).hexdigest()
    latest = present_agreement(stay)
    if latest is not None and latest.basis == basis:
        return latest
    version = latest.version + 1 if latest else 1
    paper = render(content, {**values, "number": f"{values['number']}-{version}"})
    agreement = StayAgreement(
        placement=stay,
        version=version,
        starts_on=stay.starts_on,
        ends_on=stay.ends_on,
        template=template,
        basis=basis,
        title=_("Three-party agreement") + f" {version}",
    )
    keep_upload(paper=agreement, upload=as_upload(paper, "agreement.docx"), actor=actor)
    record(actor=actor, verb=Verb.CREATED, subject=agreement, version=version)
    touch(stay)
    for told_one in (tell_student, tell_host, tell_school):
        told_one(stay, "agreement_to_confirm", about=str(agreement.pk))
    return agreement


def link_token(agreement: StayAgreement, party: AgreementParty) -> str:
    """Return the secret with which a party confirms one version of an agreement (AGREEMENT_LINK_DAYS days)."""
    return signing.dumps([agreement.pk, party.value], salt=_SALT)


def open_link(token: str) -> tuple[StayAgreement, AgreementParty]:
    """Return the agreement and the party behind ``token``.

    Raises ``DomainError`` for a forged or old link, for one of an earlier version, and when the stay is over or speaks
    of other days meanwhile: whatever is wrong, a stranger learns the same.
    """
    try:
        key, party = signing.loads(token, salt=_SALT, max_age=settings.AGREEMENT_LINK_DAYS * 24 * 3600)
    except (signing.BadSignature, ValueError, TypeError):
        raise _void() from None
    found = StayAgreement.objects.select_related("placement__student__university", "placement__host").filter(pk=key)
    agreement = found.first()
    if agreement is None or agreement.placement.state not in OPEN_STATES:
        raise _void()
    latest = present_agreement(agreement.placement)
    if latest != agreement or not speaks_of_present_days(agreement.placement, agreement):
        raise _void()
    return agreement, AgreementParty(party)


@transaction.atomic
def confirm_by_link(*, token: str, signer: str, actor: User | None = None) -> AgreementSignature:
    """Confirm for the party of the link; ``signer`` is the name of who does. The second click finds the first one."""
    found, party = open_link(token)
    lock(found.placement)
    agreement, party = open_link(token)
    present = agreement.signatures.filter(party=party).first()
    if present is not None:
        return present
    if not signer.strip():
        raise DomainError(_("Enter the name of who confirms."), code="signer", field="signer")
    signature = AgreementSignature.objects.create(
        agreement=agreement, party=party, way=SignatureWay.LINK, signer=signer.strip()[:100], actor=actor
    )
    _signed(agreement, actor, [party])
    return signature


@transaction.atomic
def send_link(*, agreement: StayAgreement, party: AgreementParty, email: str, address: str, actor: User) -> None:
    """Send the link of a party to an address; the message leaves after the commit. The address is not kept."""
    if party not in missing_parties(agreement):
        raise DomainError(_("This party has agreed already."), code="agreed", field="party")
    text = _("Please read and confirm the three-party agreement with %(host)s: %(link)s (valid for %(days)d days)") % {
        "host": agreement.placement.host.name,
        "link": address,
        "days": settings.AGREEMENT_LINK_DAYS,
    }
    subject = _("Three-party agreement")
    transaction.on_commit(lambda: send_words(mobile="", email=email, subject=subject, text=text), robust=True)
    record(actor=actor, verb=Verb.CHANGED, subject=agreement, link_sent_to=party.value)


@transaction.atomic
def keep_scan(
    *, agreement: StayAgreement, upload: UploadedFile, signers: Mapping[AgreementParty, str], actor: User
) -> AgreementScan:
    """Keep the stamped scan with who signed it, party by party. A party that has agreed already is passed over."""
    stay = lock(agreement.placement)
    if present_agreement(stay) != agreement:
        raise DomainError(_("A newer version of the agreement is on file: have that one signed."), code="stale")
    named = {party: name.strip() for party, name in signers.items() if name.strip()}
    if not named:
        raise DomainError(_("Say who signed: at least one of the three parties."), code="signer")
    scan = AgreementScan(agreement=agreement)
    keep_upload(paper=scan, upload=upload, actor=actor)
    agreed = set(agreement.signatures.values_list("party", flat=True))
    fresh = [party for party in named if party.value not in agreed]
    for party in fresh:
        AgreementSignature.objects.create(
            agreement=agreement, party=party, way=SignatureWay.SCAN, signer=named[party][:100], scan=scan, actor=actor
        )
    record(actor=actor, verb=Verb.UPLOADED, subject=agreement, paper="scan")
    _signed(agreement, actor, fresh)
    return scan


def _signed(agreement: StayAgreement, actor: User | None, parties: list[AgreementParty]) -> None:
    record(actor=actor, verb=Verb.CHANGED, subject=agreement, agreed=[party.value for party in parties])
    touch(agreement.placement)
    if agreement.signatures.count() == len(AgreementParty):
        tell_officer(agreement.placement, "agreement_complete", about=str(agreement.pk))


def _values(stay: Placement) -> dict[str, str]:
    student, position = stay.student, stay.position
    return {
        "number": f"WX{stay.starts_on:%Y}{stay.pk:05}",
        "host": stay.host.name,
        "school": student.school,
        "student": student.name,
        "level": str(student.get_level_display()),
        "major": student.major,
        "position": position.title,
        "place": position.address or position.place,
        "starts_on": _day(stay.starts_on),
        "ends_on": _day(stay.ends_on),
        "hours": f"{position.hours_a_day:g}",
        "week_days": str(position.days_a_week),
        "mentor": stay.mentor,
        "insured_sum": f"{settings.INSURANCE_SUM:,}",
    }


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _void() -> DomainError:
    return DomainError(_("This link has been used or is out of date."), code="void")
