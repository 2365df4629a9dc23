"""Two officers bring the same people in at once, or one brings in whom another is just entering."""

from datetime import date

import pytest

from talent.models import Person
from talent.services.person import enter_person
from tests.factories.accounts import staff
from tests.factories.talent import document
from tests.spreadsheets.books import xlsx
from tests.spreadsheets.people import HEADER, PEOPLE, number, row
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.roles import sync_roles
from wenxi_portal.core.errors import DomainError
from wenxi_portal.spreadsheets.enums import ImportState
from wenxi_portal.spreadsheets.models import ImportRun
from wenxi_portal.spreadsheets.services.applying import apply_import
from wenxi_portal.spreadsheets.services.reading import read_import
from wenxi_portal.spreadsheets.services.uploads import confirm_import, start_import

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def numbers():
    return [number(date(1990, 1, 1 + at)) for at in range(6)]


def confirmed(numbers: list[str]) -> ImportRun:
    sync_roles()
    actor = staff(Role.ORGANIZATION_DEPARTMENT)
    with_number = [row(one, f"测试{at}", f"1380000010{at}") for at, one in enumerate(numbers)]
    without = ["测试无证", "", "13800000999", "示例镇", *[""] * (len(HEADER) - 4)]
    run = start_import(sheet=PEOPLE, content=xlsx([HEADER, *with_number, without]), file_name="名册.xlsx", actor=actor)
    read_import(run.pk)
    run.refresh_from_db()
    assert run.counts == {"new": 7}
    return confirm_import(run=run, actor=actor)


def test_two_imports_of_the_same_people_enter_each_once(numbers, at_once):
    runs = [confirmed(numbers), confirmed(numbers)]
    assert at_once(*[lambda run=run: apply_import(run.pk) for run in runs]) == [None, None]
    assert Person.objects.count() == 7
    for run in runs:
        run.refresh_from_db()
        assert run.state == ImportState.APPLIED
    assert sorted(str(run.outcomes) for run in runs) == ["{'already': 7}", "{'entered': 7}"]


def test_an_import_and_somebody_at_the_form_make_one_person(numbers, at_once):
    run = confirmed(numbers)

    def by_hand():
        return enter_person(person=Person(name="测试0"), document=document(numbers[0]), actor=None)

    _applied, entered = at_once(lambda: apply_import(run.pk), by_hand)
    assert isinstance(entered, Person) or (isinstance(entered, DomainError) and entered.code == "same_id")
    run.refresh_from_db()
    assert run.state == ImportState.APPLIED
    assert Person.objects.with_document(numbers[0]).count() == 1
    assert Person.objects.count() == 7
