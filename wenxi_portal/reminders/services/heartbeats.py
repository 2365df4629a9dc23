"""Signs of life of clock and worker."""

from datetime import datetime

from django.utils import timezone

from wenxi_portal.reminders.enums import Pulse
from wenxi_portal.reminders.models import Heartbeat


def beat(pulse: Pulse, *, now: datetime | None = None) -> None:
    """Write down that ``pulse`` is alive."""
    Heartbeat.objects.update_or_create(name=pulse, defaults={"at": now or timezone.now()})
