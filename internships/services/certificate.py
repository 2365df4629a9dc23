"""The certificate of a stay: issued once, revoked with a reason, issued anew."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from internships.enums import SheetState, TemplateKind
from internships.models import Appraisal, Certificate, CertificateFile, Placement
from internships.models.evaluation import new_code
from internships.models.placement import OVER
from internships.selectors.attendance import VALID as VALID_SHEETS
from internships.selectors.attendance import due_months, present_sheets
from internships.services.kept_files import keep_upload
from internships.services.paper_rendering import render
from internships.services.paper_templates import as_upload, content_in_use
from internships.services.qr_code import qr_png
from internships.services.stay_rows import touch
from internships.services.telling import tell_student
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.wording import word_list


@transaction.atomic
def issue_certificate(*, placement: Placement, actor: User, site: str, today: date | None = None) -> Certificate:
    """Issue the certificate of a stay that is over; ``site`` is the address of the verifying page without the code.

    It waits for the confirmed attendance of every month and for the host's appraisal. A valid certificate is returned
    as it is: a double click issues one.
    """
    stay = lock(placement)
    valid = stay.certificates.filter(revoked_on__isnull=True).first()
    if valid is not None:
        return valid
    clock = today or timezone.localdate()
    check_can_issue(stay, clock)
    code = new_code()
    with override("zh-hans"):
        shown = _shown(stay, clock)
    certificate = Certificate(
        placement=stay, number=shown["number"], code=code, shown=shown, issued_on=clock, issued_by=actor
    )
    certificate.full_clean()
    try:
        with transaction.atomic():
            certificate.save()
    except IntegrityError:
        raise DomainError(_("Somebody saved the same at this very moment. Look at the list."), code="clash") from None
    address = f"{site}{code}/"
    template, content = content_in_use(TemplateKind.CERTIFICATE)
    paper = render(content, {**shown, "code": grouped(code), "address": address}, pictures={"qr": qr_png(address)})
    keep_upload(
        paper=CertificateFile(certificate=certificate, title=certificate.number),
        upload=as_upload(paper, "certificate.docx"),
        actor=actor,
    )
    record(actor=actor, verb=Verb.CREATED, subject=certificate, template=template.version if template else 0)
    touch(stay)
    tell_student(stay, "certificate_issued", about=str(certificate.pk))
    return certificate


def check_can_issue(stay: Placement, today: date) -> None:
    """Raise ``DomainError`` that says what the certificate waits for."""
    if stay.state not in OVER:
        raise DomainError(_("A certificate is issued when the stay is over."), code="transition")
    sheets = present_sheets(stay)
    open_months = [
        month for month in due_months(stay, today) if month not in sheets or sheets[month].state not in VALID_SHEETS
    ]
    if open_months:
        listed = word_list(f"{month:%Y-%m}" for month in open_months)
        raise DomainError(_("The attendance of %(months)s is not confirmed yet.") % {"months": listed}, code="sheets")
    if any(sheet.state == SheetState.OBJECTED for sheet in sheets.values()):
        raise DomainError(_("The student objects to a month's attendance: answer that first."), code="objection")
    if not Appraisal.objects.filter(placement=stay, given_at__isnull=False).exists():
        raise DomainError(_("The host has not given its appraisal yet."), code="appraisal")


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, actor: User, reason: str) -> Certificate:
    """Revoke a certificate: its page says so from now on, and another one may be issued. Twice changes nothing."""
    lock(certificate.placement)
    present = lock(certificate)
    if present.revoked_on:
        return present
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    present.revoked_on, present.revocation_reason = timezone.localdate(), reason.strip()[:300]
    present.save(update_fields=["revoked_on", "revocation_reason"])
    record(actor=actor, verb=Verb.CHANGED, subject=present, reason=reason, certificate="revoked")
    touch(present.placement)
    tell_student(present.placement, "certificate_revoked", about=str(present.pk))
    return present


def grouped(code: str) -> str:
    """Return a code as it is read aloud: four signs at a time."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _shown(stay: Placement, today: date) -> dict[str, Any]:
    """Return every value that the paper shows: names, study, days; no number of the student."""
    student = stay.student
    halves = sum(sheet.half_days for sheet in present_sheets(stay).values())
    issued = stay.certificates.count() + 1
    return {
        "number": f"WXSX{stay.ends_on:%Y}{stay.pk:05}-{issued}",
        "student": student.name,
        "school": student.school,
        "level": str(student.get_level_display()),
        "major": student.major,
        "host": stay.host.name,
        "position": stay.position.title,
        "starts_on": date_format(stay.starts_on, "DATE_FORMAT"),
        "ends_on": date_format(stay.ends_on, "DATE_FORMAT"),
        "days": f"{halves / 2:g}",
        "grade": str(stay.appraisal.get_grade_display()),
        "issuer": settings.PORTAL_ORGANISER,
        "issued_on": date_format(today, "DATE_FORMAT"),
    }
