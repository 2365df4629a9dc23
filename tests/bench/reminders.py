"""The scan for reminders against the bare SQL that finds and inserts the same, and against a scan that finds nothing.

A million people in care with one contact each, ten thousand of them gone stale. Run as a module it measures on
DATABASE_URL and prints JSON.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from tests.bench.results import Result

SCAN_BOUND, EMPTY_BOUND = 2.0, 1.0
PEOPLE = int(os.environ.get("BENCH_PEOPLE", "1000000"))
DUE, UNITS, TIMES = 10_000, 50, 9
TODAY = date(2026, 6, 1)
RHYTHM = 180

# Numbers are sealed texts of their usual length that open to nothing; every hundredth person has gone stale.
_FILL = """
ALTER TABLE talent_person DISABLE TRIGGER USER;
ALTER TABLE talent_contact DISABLE TRIGGER USER;
INSERT INTO talent_person
    (state, name, former_names, sex, document_kind, id_number, no_id_reason, mobile, mobile_index, email,
     native_township, languages, consent_purpose, preferred_channel, source, owner_unit_id, note, last_contacted_on,
     sort_key, is_demo, revision, created_at, updated_at)
SELECT 'active', 'bench ' || n, '', '0', '', '', 'bench', 'v1:' || repeat(md5(n::text), 2), md5(n::text), '',
       'bench', '{}', '', '', '', (%(units)s::bigint[])[1 + n %% %(number)s], '',
       %(today)s::date - CASE WHEN n %% %(share)s = 0 THEN %(rhythm)s ELSE n %% (%(rhythm)s - 1) END::int,
       'bench ' || n, false, 1, '2020-01-01', '2020-01-01'
FROM generate_series(1, %(people)s) n;
INSERT INTO talent_contact
    (person_id, kind, "on", summary, by_id, next_step, no_step_reason, due_version, step_state, close_note, is_demo,
     revision, created_at, updated_at)
SELECT p.id, 'call', p.last_contacted_on, '', (%(officers)s::bigint[])[array_position(%(units)s::bigint[], p.owner_unit_id)],
       '', 'bench', 1, 'none', '', false, 1, '2020-01-01', '2020-01-01'
FROM talent_person p WHERE p.name LIKE 'bench %%'
"""

_BARE = """
WITH due AS (
    SELECT p.id, p.last_contacted_on + %(rhythm)s AS due_on, last.by_id AS user_id, c.channel
    FROM talent_person p
         CROSS JOIN LATERAL (SELECT k.by_id FROM talent_contact k WHERE k.person_id = p.id
                             ORDER BY k."on" DESC, k.id DESC LIMIT 1) last
         CROSS JOIN (VALUES ('inbox'), ('email')) AS c (channel)
    WHERE p.state = 'active' AND p.last_contacted_on <= %(today)s::date - %(rhythm)s
      AND NOT EXISTS (SELECT FROM talent_contact o WHERE o.person_id = p.id AND o.step_state = 'open')
),
entry AS (
    INSERT INTO reminders_ledgerentry
        (kind, object_id, version, due_on, step, recipient_id, channel, state, reason, note, planned_at, at)
    SELECT 'contact_stale', id, 1, due_on, 'stale', user_id, channel, 'sent', '', '', %(now)s, %(now)s FROM due
    RETURNING id, object_id, recipient_id, channel, due_on
)
INSERT INTO notifications_message
    (recipient_id, kind, channel, dedup_key, params, state, in_digest, attempts, next_attempt_at, idempotency_key,
     created_at, sent_at, last_error)
SELECT recipient_id, 'contact_stale', channel, 'reminder:' || id,
       jsonb_build_object('object', object_id, 'title', object_id::text, 'due', due_on, 'step', 'stale',
                          'escalated', false),
       CASE channel WHEN 'inbox' THEN 'sent' ELSE 'waiting' END, false, 0, %(now)s, gen_random_uuid(), %(now)s,
       CASE channel WHEN 'inbox' THEN %(now)s END, ''
FROM entry
"""

_RESET = """
TRUNCATE notifications_recordedsending, notifications_message, reminders_ledgerentry, reminders_scanrun CASCADE;
UPDATE reminders_deadline SET next_position = 0, next_at = (due_on + time '08:00') AT TIME ZONE 'Asia/Shanghai'
WHERE next_position > 0;
"""


def measure(url: str) -> list[Result]:
    """Fill the database at ``url`` and measure in a process of its own."""
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "REMINDER_WEEKLY_CAP": str(10 * PEOPLE),
        "TALENT_CONTACT_DAYS": str(RHYTHM),
    }
    command = [sys.executable, "-m", "tests.bench.reminders"]
    told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    found = json.loads(told.strip().splitlines()[-1])
    against = "the bare SQL that finds and inserts the same rows"
    return [
        Result("reminder scan, 10,000 due of 1,000,000", found["first"] / found["bare"], SCAN_BOUND, TIMES, against),
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
        _say("making people and contacts", _seconds(lambda: _fill(cursor)))
        _say("first comparison of all", _seconds(lambda: scan(now=now - timedelta(days=365))))
        _say("nightly comparison of all", _seconds(lambda: scan(now=now - timedelta(days=364), wholly=True)))
        bare, first, second = [], [], []
        for _time in range(TIMES):
            _reset(cursor)
            bare.append(_seconds(lambda: cursor.execute(_BARE, {"today": TODAY, "now": now, "rhythm": RHYTHM})))
            assert cursor.rowcount == 2 * DUE, cursor.rowcount
            _reset(cursor)
            runs = []
            first.append(_seconds(lambda runs=runs: runs.append(scan(now=now))))
            assert runs[0].found == DUE
            assert runs[0].sent == 2 * DUE
            second.append(_seconds(lambda runs=runs: runs.append(scan(now=now + timedelta(minutes=5)))))
            assert runs[1].found == 0
            _say("bare, first, second", bare[-1], first[-1], second[-1])
    # The best of each: what else the machine does at the time only ever adds.
    print(json.dumps({"bare": min(bare), "first": min(first), "second": min(second)}))


def _fill(cursor: Any) -> None:
    """Make units with one officer each, and their people."""
    from wenxi_portal.accounts.models import User
    from wenxi_portal.organisations.models import Membership, Organisation

    names = [f"bench {number}" for number in range(UNITS)]
    units = Organisation.objects.bulk_create([Organisation(kind="lead_unit", name=name) for name in names])
    officers = User.objects.bulk_create([User(email=f"bench{number}@example.invalid") for number in range(UNITS)])
    pairs = zip(officers, units, strict=True)
    Membership.objects.bulk_create(
        [Membership(user=user, organisation=unit, since=date(2020, 1, 1)) for user, unit in pairs]
    )
    cursor.execute(
        _FILL,
        {
            "units": [unit.pk for unit in units],
            "officers": [officer.pk for officer in officers],
            "number": UNITS,
            "today": TODAY,
            "rhythm": RHYTHM,
            "share": PEOPLE // DUE,
            "people": PEOPLE,
        },
    )
    cursor.execute("VACUUM ANALYZE")


def _reset(cursor: Any) -> None:
    """Make everything due again, with tables as tidy as before."""
    cursor.execute(_RESET)
    cursor.execute("VACUUM ANALYZE reminders_deadline")


def _seconds(deed: Callable[[], object]) -> float:
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


def _say(what: str, *seconds: float) -> None:
    print(f"{what}: {', '.join(f'{each:.2f}' for each in seconds)} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    _main()
