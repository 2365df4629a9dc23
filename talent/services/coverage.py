"""Works out how fresh and how complete the databases are, for pages that must not read a million rows."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from talent.models import CoverageFigure
from talent.selectors.coverage import FRESH_DAYS
from talent.services.locks import one_at_a_time

_COUNTED = """
    p.owner_unit_id, p.native_township, count(*), count(*) FILTER (WHERE p.last_contacted_on >= %(since)s),
    count(*) FILTER (WHERE p.last_checked_on >= %(since)s), %(now)s
"""

# Who studied twice at a university is one person there.
_INSERT = f"""
INSERT INTO talent_coveragefigure
    ("of", name, owner_unit_id, native_township, people, in_touch, confirmed, worked_out_at)
SELECT 'whole', '', {_COUNTED} FROM talent_person p WHERE p.state = 'active' GROUP BY 2, 3, 4
UNION ALL
SELECT 'township', p.native_township, {_COUNTED} FROM talent_person p
WHERE p.state = 'active' AND p.native_township <> '' GROUP BY 2, 3, 4
UNION ALL
SELECT 'field', t.name, {_COUNTED} FROM talent_person p
JOIN talent_personfield f ON f.person_id = p.id JOIN talent_fieldtag t ON t.id = f.tag_id
WHERE p.state = 'active' GROUP BY 2, 3, 4
UNION ALL
SELECT 'university', o.name, {_COUNTED} FROM talent_person p
JOIN (SELECT DISTINCT person_id, university_id FROM talent_education) e ON e.person_id = p.id
JOIN organisations_organisation o ON o.id = e.university_id
WHERE p.state = 'active' GROUP BY 2, 3, 4
"""  # noqa: S608 - no text of a visitor is part of the statement


@transaction.atomic
def work_out_coverage() -> int:
    """Replace the figures by those of this moment; return how many rows they take."""
    one_at_a_time("coverage")
    now = timezone.now()
    since = timezone.localdate(now) - timedelta(days=FRESH_DAYS)
    CoverageFigure.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, {"since": since, "now": now})
        return cursor.rowcount
