"""Is anybody at work? Asked by the health page and by the first page of the admin."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from wenxi_portal.reminders.enums import Pulse
from wenxi_portal.reminders.models import Heartbeat

SILENCE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Silence:
    """Who is silent, and since when (None: it was never heard)."""

    pulse: Pulse
    since: datetime | None


def silent(*, now: datetime | None = None) -> list[Silence]:
    """Return who has not been heard of for ten minutes.

    The way between clock and worker is named only when both are alive: otherwise its silence says nothing new.
    """
    heard = dict(Heartbeat.objects.values_list("name", "at"))
    latest = (now or timezone.now()) - SILENCE
    quiet = [
        Silence(pulse, heard.get(pulse.value))
        for pulse in Pulse
        if (at := heard.get(pulse.value)) is None or at < latest
    ]
    ends = [silence for silence in quiet if silence.pulse != Pulse.TASKS]
    return ends or quiet
