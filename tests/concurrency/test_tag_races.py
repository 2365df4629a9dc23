"""A form and an import make the same two fields of work, each holding the one that the other needs next."""

from threading import Barrier, BrokenBarrierError

import pytest
from django.db import transaction

from talent.intakes.people import PeopleIntake
from talent.models import FieldTag, Person
from talent.services.person import set_fields
from tests.factories.accounts import staff
from tests.factories.talent import person
from tests.spreadsheets.books import xlsx
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.roles import sync_roles
from wenxi_portal.spreadsheets.enums import ImportState
from wenxi_portal.spreadsheets.services import applying
from wenxi_portal.spreadsheets.services.reading import read_import
from wenxi_portal.spreadsheets.services.uploads import confirm_import, start_import

pytestmark = pytest.mark.django_db(transaction=True)


def test_neither_is_broken_off(at_once, monkeypatch):
    sync_roles()
    actor, known = staff(Role.ORGANIZATION_DEPARTMENT), person()
    rows = [
        ["姓名", "籍贯", "毕业院校", "专业领域"],
        ["示例甲", "示例镇", "示例大学", "后一领域"],
        ["示例乙", "示例镇", "示例大学", "前一领域"],
    ]
    run = start_import(sheet="talent.person", content=xlsx(rows), file_name="名册.xlsx", actor=actor)
    read_import(run.pk)
    run.refresh_from_db()
    assert run.counts == {"new": 2}, [row.problems for row in run.rows.all()]
    confirm_import(run=run, actor=actor)
    halfway, write = Barrier(2), PeopleIntake.write

    def meet():
        # The second time round nobody is there to be met.
        try:
            halfway.wait(timeout=3)
        except BrokenBarrierError:
            return

    def slow(self, **told):
        write(self, **told)
        meet()

    monkeypatch.setattr(applying, "BATCH", 1)
    monkeypatch.setattr(PeopleIntake, "write", slow)

    def by_hand():
        with transaction.atomic():
            set_fields(known, ["前一领域"])
            meet()
            set_fields(known, ["前一领域", "后一领域"])

    assert at_once(by_hand, lambda: applying.apply_import(run.pk)) == [None, None]
    run.refresh_from_db()
    assert (run.state, run.outcomes) == (ImportState.APPLIED, {"entered": 2})
    assert FieldTag.objects.filter(name__in=["前一领域", "后一领域"]).count() == 2
    assert known.fields.count() == 2
    assert Person.objects.filter(fields__name="前一领域").count() == 2
