"""Preparing claims from attendance against one INSERT … SELECT of the very same rows, and how it grows.

A hundred thousand completed stays of two months each. Run as a module it measures on DATABASE_URL and prints JSON.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.bench.results import Result

BARE_BOUND, GROWTH_BOUND = 3.0, 1.2
SMALL, LARGE = 10_000, int(os.environ.get("BENCH_STAYS", "100000"))
TIMES = 2

# Stays as they are on file: applications, positions and students are there, their texts are of no account here.
_FILL = """
ALTER TABLE accounts_user DISABLE TRIGGER USER;
ALTER TABLE internships_student DISABLE TRIGGER USER;
ALTER TABLE internships_application DISABLE TRIGGER USER;
ALTER TABLE internships_placement DISABLE TRIGGER USER;
ALTER TABLE internships_attendancesheet DISABLE TRIGGER USER;
ALTER TABLE internships_insurance DISABLE TRIGGER USER;
ALTER TABLE subsidies_bankaccount DISABLE TRIGGER USER;
"""
_SHEETS = """
INSERT INTO internships_attendancesheet
    (placement_id, month, version, state, marks, half_days, note, correction_reason, confirmed_by_id, confirmed_at,
     revision, created_at, updated_at)
SELECT stay.id, month.month, 1, 'confirmed', month.marks, month.half_days, '', '', %(host)s, now(), 1, now(), now()
FROM internships_placement AS stay CROSS JOIN (
    SELECT date_trunc('month', day)::date AS month,
           jsonb_object_agg(extract(day FROM day)::int::text,
                            CASE WHEN extract(isodow FROM day) < 6 THEN 'present' ELSE 'rest' END) AS marks,
           sum(CASE WHEN extract(isodow FROM day) < 6 THEN 2 ELSE 0 END) AS half_days
    FROM generate_series('2026-07-01'::date, '2026-08-31'::date, interval '1 day') AS day GROUP BY 1
) AS month
WHERE NOT EXISTS (SELECT 1 FROM internships_attendancesheet AS sheet WHERE sheet.placement_id = stay.id)
"""
# What was prepared, put aside and entered once more: same rows, same triggers, same indexes, same constraints.
_TABLES = ("subsidies_claim", "subsidies_claimline", "subsidies_claimstatechange")
_EMPTY = "TRUNCATE subsidies_claim, subsidies_claimevent, subsidies_claimline, subsidies_claimstatechange CASCADE"


def measure(url: str) -> list[Result]:
    """Fill the database at ``url`` and measure in a process of its own."""
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.bench.making"}
    command = [sys.executable, "-m", "tests.bench.subsidies"]
    told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    found = json.loads(told.strip().splitlines()[-1])
    against = "one INSERT … SELECT of the same rows, same triggers"
    growth = found["large"] / LARGE / (found["small"] / SMALL)
    return [
        Result(f"claims prepared for {LARGE:,} stays", found["large"] / found["bare"], BARE_BOUND, 1, against),
        Result("the time for one of them", growth, GROWTH_BOUND, TIMES, f"one of {SMALL:,}"),
    ]


def _main() -> None:
    """Measure on the database of the settings."""
    import django

    django.setup()
    from django.db import connection

    from internships.subsidies.models import Claim
    from internships.subsidies.services.preparing import prepare_claims

    times: dict[str, list[float]] = {"small": [], "large": [], "bare": []}
    for name, count, often in (("small", SMALL, TIMES), ("large", LARGE, 1)):
        with connection.cursor() as cursor:
            _say(f"making {count} stays", _seconds(lambda cursor=cursor, count=count: fill(cursor, count)))
        for _time in range(often):
            with connection.cursor() as cursor:
                cursor.execute(_EMPTY)
                cursor.execute("VACUUM ANALYZE subsidies_claim")
            times[name].append(_seconds(prepare_claims))
            assert Claim.objects.count() == count, Claim.objects.count()
            _say(f"{count} stays prepared", times[name][-1])
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(f"CREATE TABLE kept_{table} AS TABLE {table}")
        cursor.execute(_EMPTY)
        cursor.execute("VACUUM ANALYZE subsidies_claim")
        times["bare"].append(_seconds(lambda: _bare(cursor)))
        _say("the same rows by INSERT … SELECT", times["bare"][-1])
    assert Claim.objects.count() == LARGE
    # The best of the short ones: what else the machine does at the time only ever adds.
    print(json.dumps({name: min(measured) for name, measured in times.items()}))


def _bare(cursor: Any) -> None:
    """Enter the rows in one transaction."""
    from django.db import transaction

    from wenxi_portal.core.history import in_context

    with transaction.atomic():
        # As any bulk statement of the portal does: without it the time would grow with the square of the rows.
        in_context()
        for table in _TABLES:
            cursor.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")  # noqa: S608 - words of our own


def fill(cursor: Any, count: int, *, empty: bool = True) -> None:
    """Have ``count`` completed stays with sheets, insurance and account: what is on file already counts.

    ``empty`` takes away the claims that were prepared before.
    """
    from internships.models import Placement
    from tests.factories.subsidies_policies import attended_stay

    cursor.execute(_FILL)
    if not Placement.objects.exists():
        _first(attended_stay)
    host = Placement.objects.order_by("pk")[0].attendance_sheets.all()[0].confirmed_by_id
    if empty:
        cursor.execute(_EMPTY)
    have = Placement.objects.count()
    for table, differing in _COPIED.items():
        _multiply(cursor, table, differing, range(have, count))
    cursor.execute(_SHEETS, {"host": host})
    cursor.execute("VACUUM ANALYZE")


def _first(attended_stay: Callable[..., Any]) -> None:
    """Make the stay that the others are copies of, and the policy in force."""
    from datetime import date

    from tests.factories.stays import insured
    from tests.factories.subsidies import BankAccountFactory, PolicyFactory

    PolicyFactory(most_months=6)
    stay = attended_stay(date(2026, 7, 1), date(2026, 8, 31))
    insured(stay)
    BankAccountFactory(student=stay.student)


# What differs from copy to copy; everything else is the first row's. Copies of one stay have one key in every table.
_COPIED = {
    "accounts_user": {"email": "'bench' || n || '@example.invalid'"},
    "internships_student": {"user_id": "n", "id_index": "md5(n::text)"},
    "internships_application": {"student_id": "n"},
    "internships_placement": {"student_id": "n", "application_id": "n"},
    "internships_insurance": {"placement_id": "n"},
    "subsidies_bankaccount": {"student_id": "n", "card_index": "md5(n::text)"},
}
_FIRST_COPY = 1_000_000
_ORIGINALS = {
    "accounts_user": "SELECT user_id FROM internships_student ORDER BY id LIMIT 1",
    "internships_student": "SELECT min(id) FROM internships_student",
    "internships_application": "SELECT min(id) FROM internships_application",
    "internships_placement": "SELECT min(id) FROM internships_placement",
    "internships_insurance": "SELECT min(id) FROM internships_insurance",
    "subsidies_bankaccount": "SELECT min(id) FROM subsidies_bankaccount",
}


def _multiply(cursor: Any, table: str, differing: dict[str, str], numbers: range) -> None:
    """Copy the first row of ``table`` once for each of ``numbers``."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id'", [table]
    )
    columns = [name for (name,) in cursor.fetchall()]
    values = ", ".join(differing.get(name, f'kept."{name}"') for name in columns)
    listed = ", ".join(f'"{name}"' for name in columns)
    cursor.execute(
        f"INSERT INTO {table} (id, {listed}) SELECT n, {values} FROM {table} AS kept,"  # noqa: S608 - words of our own
        f" generate_series({_FIRST_COPY + numbers.start}, {_FIRST_COPY + numbers.stop - 1}) AS n"
        f" WHERE kept.id = ({_ORIGINALS[table]})"
    )
    cursor.execute(f"ANALYZE {table}")


def _seconds(deed: Callable[[], object]) -> float:
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


def _say(what: str, *seconds: float) -> None:
    print(f"{what}: {', '.join(f'{each:.2f}' for each in seconds)} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    _main()
