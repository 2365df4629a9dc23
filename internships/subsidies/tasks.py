"""Background work of the money. Each task may run twice or late without harm."""

from celery import shared_task

from internships.subsidies.services.auditor_pack import erase_old_packs, make_pack, take_up_packs
from internships.subsidies.services.following import sweep_claims
from internships.subsidies.services.preparing import prepare_claims


@shared_task
def prepare() -> int:
    """Prepare the claims of allowances whose attendance has been confirmed."""
    return prepare_claims()


@shared_task
def sweep_arithmetic() -> dict[str, int]:
    """Work claims out anew: what rests on something that changed follows it, whatever else differs is reported."""
    return sweep_claims()


@shared_task
def make_auditor_pack(pack_id: int) -> None:
    """Make an auditor's pack."""
    make_pack(pack_id)


@shared_task
def look_after_packs() -> dict[str, int]:
    """Hand over again packs that no worker has finished; erase those whose time is over."""
    return {"taken_up": take_up_packs(), "erased": erase_old_packs()}
