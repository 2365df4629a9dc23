"""Background work of the money. Each task may run twice or late without harm."""

from celery import shared_task

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
