"""A beginning that very many rows carry is checked on what other words find; the answer is the same."""

import pytest
from django.db import connection

from talent.models import Person
from tests.factories.talent import person

pytestmark = pytest.mark.django_db


def test_what_is_common_is_checked_and_not_looked_up():
    for number in range(12):
        person(name=f"{'李王'[number % 2]}示例", native_township="示例镇", study=[{"university_name": "示例大学"}])
    assert "ts_match_vq" not in str(Person.objects.matching("li 王").query)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE talent_person")
    rows = Person.objects.matching("li 王")
    assert "ts_match_vq" in str(rows.query)
    assert {found.name for found in rows} == {"王示例"}
    assert rows.count() == 6
    # A beginning alone is looked up, and a longer one too.
    assert "ts_match_vq" not in str(Person.objects.matching("li").query)
    assert "ts_match_vq" not in str(Person.objects.matching("lizhen 王").query)
