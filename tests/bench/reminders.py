"""The scan for reminders against the bare SQL that finds and inserts the same, and against a scan that finds nothing.

A hundred thousand agreements, ten thousand of them due. Run as a module it measures on DATABASE_URL and prints JSON.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from tests.bench.results import Result

SCAN_BOUND, EMPTY_BOUND = 2.0, 1.0
ROWS, DUE, UNITS, TIMES = 100_000, 10_000, 50, 5
TODAY = date(2026, 6, 1)
STEP = 90

# Of the agreements every tenth has come to its first step, none to its second.
_FILL = """
ALTER TABLE bases_agreement DISABLE TRIGGER USER;
INSERT INTO bases_agreement
    (title, kind, state, lead_unit_id, signed_on, signed_year, date_note, valid_until, papers, summary, source, is_public,
     is_demo, revision, created_at, updated_at, title_en, date_note_en, summary_en)
SELECT 'bench ' || n, 'framework', 'signed', (%(units)s::bigint[])[1 + n %% %(number)s], '2023-06-01', 2023, '',
       %(today)s::date + CASE WHEN n %% %(share)s = 0 THEN 40 + n %% 49 ELSE 400 + n %% 1500 END, 1, '', '', false,
       false, 1, '2026-01-01', '2026-01-01', '', '', ''
FROM generate_series(1, %(rows)s) n
"""

_BARE = """
WITH due AS (
    SELECT a.id, a.title, a.valid_until, m.user_id, c.channel
    FROM bases_agreement a JOIN organisations_membership m ON m.organisation_id = a.lead_unit_id
         CROSS JOIN (VALUES ('inbox'), ('email')) AS c (channel)
    WHERE a.state = 'signed' AND a.valid_until <= %(today)s::date + 90
),
entry AS (
    INSERT INTO reminders_ledgerentry
        (kind, object_id, version, due_on, step, recipient_id, channel, state, reason, note, planned_at, at)
    SELECT 'agreement_expiring', id, 1, valid_until, '90d', user_id, channel, 'sent', '', '', %(now)s, %(now)s FROM due
    RETURNING id, object_id, recipient_id, channel, due_on
)
INSERT INTO notifications_message
    (recipient_id, kind, channel, dedup_key, params, state, in_digest, attempts, next_attempt_at, idempotency_key,
     created_at, sent_at, last_error)
SELECT recipient_id, 'agreement_expiring', channel, 'reminder:' || id,
       jsonb_build_object('object', object_id, 'due', due_on), 'waiting', false, 0, %(now)s, gen_random_uuid(), %(now)s,
       NULL, ''
FROM entry
"""

_RESET = """
TRUNCATE notifications_recordedsending, notifications_message, reminders_ledgerentry, reminders_scanrun CASCADE;
UPDATE reminders_deadline SET next_position = 0, next_at = (due_on - 90 + time '08:00') AT TIME ZONE 'Asia/Shanghai'
WHERE next_position > 0;
"""


def measure(url: str) -> list[Result]:
    """Fill the database at ``url`` and measure in a process of its own."""
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "REMINDER_WEEKLY_CAP": str(10 * ROWS),
    }
    command = [sys.executable, "-m", "tests.bench.reminders"]
    told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    found = json.loads(told.strip().splitlines()[-1])
    against = "the bare SQL that finds and inserts the same rows"
    return [
        Result("reminder scan, 10,000 due of 100,000", found["first"] / found["bare"], SCAN_BOUND, TIMES, against),
        Result(
            "second scan that finds nothing", found["second"] / found["first"], EMPTY_BOUND, TIMES, "the first scan"
        ),
    ]


def _main() -> None:
    """Measure on the database of the settings."""
    import django

    django.setup()
    from django.db import connection
    from django.utils import timezone

    from wenxi_portal.reminders.services.scanning import scan

    # At night, so that no message leaves and the broker plays no part.
    now = datetime.combine(TODAY, datetime.min.time(), tzinfo=timezone.get_default_timezone()) + timedelta(hours=23)
    with connection.cursor() as cursor:
        _fill(cursor)
        begun = time.perf_counter()
        assert scan(now=now - timedelta(days=365)) is not None
        print(f"first comparison of all: {time.perf_counter() - begun:.2f} s", file=sys.stderr)
        bare: list[float] = []
        first: list[float] = []
        second: list[float] = []
        for _time in range(TIMES):
            _reset(cursor)
            bare.append(_seconds(lambda: cursor.execute(_BARE, {"today": TODAY, "now": now})))
            assert cursor.rowcount == 2 * DUE, cursor.rowcount
            _reset(cursor)
            runs = []
            first.append(_seconds(lambda runs=runs: runs.append(scan(now=now))))
            assert runs[0].found == DUE
            assert runs[0].sent == 2 * DUE
            second.append(_seconds(lambda runs=runs: runs.append(scan(now=now + timedelta(minutes=5)))))
            assert runs[1].found == 0
    print(json.dumps({"bare": median(bare), "first": median(first), "second": median(second)}))


def _fill(cursor: Any) -> None:
    """Make units with one officer each, and their agreements."""
    from wenxi_portal.accounts.models import User
    from wenxi_portal.organisations.models import Membership, Organisation

    names = [f"bench {number}" for number in range(UNITS)]
    units = Organisation.objects.bulk_create([Organisation(kind="lead_unit", name=name) for name in names])
    officers = User.objects.bulk_create([User(email=f"bench{number}@example.invalid") for number in range(UNITS)])
    pairs = zip(officers, units, strict=True)
    Membership.objects.bulk_create(
        [Membership(user=user, organisation=unit, since=date(2020, 1, 1)) for user, unit in pairs]
    )
    share, keys = ROWS // DUE, [unit.pk for unit in units]
    cursor.execute(_FILL, {"units": keys, "number": UNITS, "today": TODAY, "share": share, "rows": ROWS})
    cursor.execute("ANALYZE")


def _reset(cursor: Any) -> None:
    """Make everything due again, with tables as tidy as before."""
    cursor.execute(_RESET)
    cursor.execute("VACUUM ANALYZE reminders_deadline")


def _seconds(deed: Callable[[], object]) -> float:
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


if __name__ == "__main__":
    _main()
