"""Background work of the money. Each task may run twice or late without harm."""

from celery import shared_task

from internships.subsidies.services.archiving import archive_paid
from internships.subsidies.services.auditor_pack import erase_old_packs, make_pack, take_up_packs
from internships.subsidies.services.following import sweep_claims
from internships.subsidies.services.lapsing import lapse_overdue
from internships.subsidies.services.milestone import open_milestones
from internships.subsidies.services.notice import end_due_notices
from internships.subsidies.services.preparing import prepare_claims
from internships.subsidies.services.sweep import prove_separation
from internships.subsidies.services.voiding import hold_uncovered


@shared_task
def prepare() -> int:
    """Prepare the claims of allowances whose attendance has been confirmed."""
    return prepare_claims()


@shared_task
def sweep_arithmetic() -> dict[str, int]:
    """Work claims out anew: what rests on something that changed follows it, whatever else differs is reported."""
    return sweep_claims()


@shared_task
def watch_claims() -> dict[str, int]:
    """Hold what is not in order, open milestones, end what nobody handed in, archive what was paid long ago."""
    return {
        "uncovered": hold_uncovered(), **open_milestones(), "lapsed": lapse_overdue(), "archived": archive_paid(),
    }  # fmt: skip


@shared_task
def end_notices() -> int:
    """Take down notices whose last day has passed, and clear their claims. The page itself went at midnight."""
    return end_due_notices()


@shared_task
def prove_separate_hands() -> dict[str, int]:
    """Prove every night that hands are separate, that states have their duties and that sums are right."""
    return prove_separation()


@shared_task
def make_auditor_pack(pack_id: int) -> None:
    """Make an auditor's pack."""
    make_pack(pack_id)


@shared_task
def look_after_packs() -> dict[str, int]:
    """Hand over again packs that no worker has finished; erase those whose time is over."""
    return {"taken_up": take_up_packs(), "erased": erase_old_packs()}
