"""A stay becomes ready when nothing is missing, and goes back when something falls away."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import PlacementState, StudentPaperKind
from internships.models import Placement, Student, StudentPaper
from internships.selectors.readiness import Requirement, unmet
from internships.services.kept_files import keep_upload
from internships.services.stay_rows import STAYS, touch
from internships.services.telling import tell_officer
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.wording import part_list


@transaction.atomic
def make_ready(*, placement: Placement, actor: User) -> Placement:
    """Say that the stay may begin. Raises ``DomainError`` that names everything that is missing."""
    present = STAYS.locked(placement, PlacementState.READY)
    check_nothing_missing(present)
    STAYS.write(present, PlacementState.READY, actor=actor, reason=_("Nothing is missing"), fields=())
    return present


@transaction.atomic
def recheck(placement: Placement, *, actor: User | None = None) -> bool:
    """Look again at a ready stay, in the caller's transaction; return whether it went back into preparation.

    Whatever changes what a stay needs (days, insurance, papers) ends with this. Its lock is the stay's own.
    """
    present = lock(placement)
    touch(present)
    missing = unmet(present) if present.state == PlacementState.READY else []
    if not missing:
        return False
    reason = _("No longer met: %(what)s") % {"what": _listed(missing)}
    STAYS.write(present, PlacementState.PLANNED, actor=actor, reason=reason, fields=())
    tell_officer(present, "stay_not_ready", about=f"{present.pk}:{present.revision}")
    return True


def recheck_all() -> int:
    """Look again at every ready stay: the nightly net under the verbs. Return how many went back."""
    return sum(recheck(stay) for stay in Placement.objects.filter(state=PlacementState.READY).order_by("pk"))


def check_nothing_missing(stay: Placement) -> None:
    """Raise ``DomainError`` that names what is missing."""
    missing = unmet(stay)
    if missing:
        raise DomainError(_("Still missing: %(what)s") % {"what": _listed(missing)}, code="not_ready")


@transaction.atomic
def confirm_enrolment(*, student: Student, actor: User) -> Student:
    """Write down that the enrolment was checked today. Checking twice changes nothing."""
    present = lock(student)
    if present.enrolment_checked_on is None:
        present.enrolment_checked_on, present.enrolment_checked_by = timezone.localdate(), actor
        present.revision += 1
        present.save(update_fields=["enrolment_checked_on", "enrolment_checked_by", "revision", "updated_at"])
        record(actor=actor, verb=Verb.CHANGED, subject=present, enrolment="checked")
        _touch_stays(present)
    return present


@transaction.atomic
def keep_guardian_consent(*, student: Student, upload: UploadedFile, actor: User) -> StudentPaper:
    """Keep the signed consent of the guardian; a newer one replaces the older."""
    present = lock(student)
    older = present.papers.filter(kind=StudentPaperKind.GUARDIAN, replaced_by__isnull=True).first()
    paper = StudentPaper(student=present, kind=StudentPaperKind.GUARDIAN, replaces=older)
    keep_upload(paper=paper, upload=upload, actor=actor)
    record(actor=actor, verb=Verb.UPLOADED, subject=present, paper="guardian")
    _touch_stays(present)
    return paper


def _touch_stays(student: Student) -> None:
    for stay in student.placements.in_preparation():
        touch(stay)


def _listed(missing: list[Requirement]) -> str:
    return part_list(f"{one.label} ({one.reason})" for one in missing)
