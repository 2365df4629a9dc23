"""Who may be the same person: pairs kept in a table, written with each change and looked over by a task.

Every look-up goes by an index and stops at MOST_ALIKE records: a mobile number that five hundred people gave makes
twenty pairs for each of them, not a hundred thousand.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from talent.services.locks import one_at_a_time
from talent.services.progress import BEGINNING, note_progress, progress_of

MOST_ALIKE = 20
BATCH = 2000
TASK = "likeness"
# Transactions that began before the last look may commit after it; their rows bear the time of their beginning.
LOOK_BACK = timedelta(minutes=15)

# Pairs are written in the order of their keys, so that two who write the same ones never wait for each other in a ring.
_WRITE = """
WITH mine AS (
    SELECT id, name, birth_date, mobile_index FROM talent_person WHERE id = ANY(%(people)s) AND state = 'active'
),
alike AS (
    SELECT mine.id AS one, other.id AS other, 'mobile' AS reason FROM mine CROSS JOIN LATERAL (
        SELECT id FROM talent_person
        WHERE mobile_index = mine.mobile_index AND state = 'active' AND id <> mine.id LIMIT %(most)s
    ) other
  UNION ALL
    SELECT mine.id, other.id, 'birth' FROM mine CROSS JOIN LATERAL (
        SELECT id FROM talent_person
        WHERE name = mine.name AND birth_date = mine.birth_date AND state = 'active' AND id <> mine.id LIMIT %(most)s
    ) other
  UNION ALL
    SELECT mine.id, other.id, 'university' FROM mine CROSS JOIN LATERAL (
        SELECT p.id FROM talent_person p
        WHERE p.name = mine.name AND p.state = 'active' AND p.id <> mine.id AND EXISTS (
            SELECT 1 FROM talent_education x JOIN talent_education y ON x.person_id = mine.id AND y.person_id = p.id
            AND (x.university_id = y.university_id OR x.university_name <> '' AND x.university_name = y.university_name)
        )
        LIMIT %(most)s
    ) other
)
INSERT INTO talent_possibleduplicate (first_id, second_id, reasons, weight, found_at)
SELECT least(one, other), greatest(one, other), array_agg(DISTINCT reason ORDER BY reason), count(DISTINCT reason),
    now()
FROM alike GROUP BY 1, 2 ORDER BY 1, 2
ON CONFLICT (first_id, second_id) DO UPDATE SET reasons = EXCLUDED.reasons, weight = EXCLUDED.weight
"""

_FORGET = """
DELETE FROM talent_possibleduplicate WHERE id IN (
    SELECT id FROM talent_possibleduplicate WHERE first_id = ANY(%(people)s) OR second_id = ANY(%(people)s)
    ORDER BY first_id, second_id FOR UPDATE
)
"""

_CHANGED = """
SELECT id, updated_at FROM talent_person WHERE (updated_at, id) > (%(at)s, %(record)s)
ORDER BY updated_at, id LIMIT %(batch)s
"""


def note_likeness(people: Sequence[int]) -> None:
    """Keep whom these people may be the same as. What holds no more is taken back by the task."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, {"people": list(people), "most": MOST_ALIKE})


def compare_changed(*, until: datetime | None = None) -> int:
    """Compare everybody who changed since the last run anew; return how many.

    Goes on in batches, each in a transaction of its own, and leaves off at ``until``: the next run takes it from there.
    """
    count, begun = 0, timezone.now()
    at, record = progress_of(TASK, BEGINNING)
    while found := _compare_batch(at, record):
        number, at, record = found
        count += number
        if until and timezone.now() >= until:
            return count
    if at > begun - LOOK_BACK:
        note_progress(TASK, begun - LOOK_BACK)
    return count


@transaction.atomic
def _compare_batch(at: datetime, record: int) -> tuple[int, datetime, int] | None:
    one_at_a_time(TASK)
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, {"at": at, "record": record, "batch": BATCH})
        rows = cursor.fetchall()
        if not rows:
            return None
        people = [key for key, _at in rows]
        cursor.execute(_FORGET, {"people": people})
    note_likeness(people)
    last, moment = rows[-1]
    note_progress(TASK, moment, last)
    return len(rows), moment, last
