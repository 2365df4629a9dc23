"""How far a batch has come, and who does what next."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from internships.subsidies.enums import BatchState
from internships.subsidies.models import PaymentBatch

_ORDER = (BatchState.DRAFT, BatchState.SEALED, BatchState.RELEASED, BatchState.SETTLED)


@dataclass(frozen=True, slots=True)
class BatchStep:
    """One step: what it is, who did it when, whether it is done, and what comes next where the batch stands."""

    title: str
    who: Any
    at: Any
    is_done: bool
    is_next: bool
    words: str = ""


def batch_steps(batch: PaymentBatch) -> list[BatchStep]:
    """Return the steps of a batch; a cancelled one has none left."""
    place = _ORDER.index(BatchState(batch.state)) if batch.state in _ORDER else -1
    settled = batch.state_changes.filter(to_state=BatchState.SETTLED).select_related("actor").first()
    told = (
        (_("Put together"), batch.drafted_by, batch.created_at, _("an officer of the department")),
        (_("Sealed"), batch.sealed_by, batch.sealed_at, _("next: an officer seals it")),
        (_("Released"), batch.released_by, batch.released_at, _("next: finance, somebody who had no part in it")),
        (_("Settled"), settled.actor if settled else None, settled.at if settled else None,
         _("next: finance enters the result of the bank")),
    )  # fmt: skip
    return [
        BatchStep(title, who, at, place >= number, place >= 0 and number == place + 1, words)
        for number, (title, who, at, words) in enumerate(told)
    ]
