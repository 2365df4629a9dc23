"""How reliably and how quickly a host answers, told in public once there is enough to tell.

Counted are applications that were handed in, except those the student took back before an answer and those whose
deadline for an answer still runs. An answer is the first move by which the host shortlists, offers, puts on the waiting
list, hands back or refuses; an application that lapsed was not answered.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from internships.enums import ApplicationState as S
from internships.models import Application, ApplicationStateChange, Position

ANSWERS = (S.SHORTLISTED, S.OFFERED, S.WAIT_LISTED, S.HANDED_BACK, S.REFUSED)

_STATEMENT = f"""
WITH handed_in AS (
    SELECT a.id, p.host_id, a.state, a.answer_due_on,
           (SELECT min(c.at) FROM {ApplicationStateChange._meta.db_table} c
             WHERE c.application_id = a.id AND c.to_state = %(submitted)s) AS asked_at,
           (SELECT min(c.at) FROM {ApplicationStateChange._meta.db_table} c
             WHERE c.application_id = a.id AND c.to_state = ANY(%(answers)s)) AS answered_at
      FROM {Application._meta.db_table} a JOIN {Position._meta.db_table} p ON p.id = a.position_id
     WHERE p.host_id = ANY(%(hosts)s) AND a.submitted_at IS NOT NULL AND NOT a.is_demo
)
SELECT host_id, count(*), count(answered_at),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY answered_at - asked_at) FILTER (WHERE answered_at IS NOT NULL)
  FROM handed_in
 WHERE answered_at IS NOT NULL
    OR state = %(lapsed)s
    OR state = %(submitted)s AND answer_due_on < %(today)s
 GROUP BY host_id HAVING count(*) >= %(least)s
"""  # noqa: S608 - words of our own


@dataclass(frozen=True, slots=True)
class HostRecord:
    """``rate`` in whole per cent; ``median`` from handing in to the first answer, None where none was given."""

    applications: int
    rate: int
    median: timedelta | None


def host_records(hosts: Collection[int]) -> dict[int, HostRecord]:
    """Return the record of each of ``hosts`` that has HOST_RECORD_FROM counted applications (one statement)."""
    if not hosts:
        return {}
    values: dict[str, Any] = {
        "hosts": list(hosts),
        "submitted": S.SUBMITTED.value,
        "lapsed": S.LAPSED.value,
        "answers": [state.value for state in ANSWERS],
        "today": timezone.localdate(),
        "least": settings.HOST_RECORD_FROM,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, values)
        return {host: HostRecord(n, round(100 * done / n), median) for host, n, done, median in cursor.fetchall()}
