"""Views are kept for one person, shared with the own unit, and hold nothing the list does not understand."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories.accounts import UserFactory, staff
from tests.factories.organisations import LeadUnitFactory, MembershipFactory
from tests.saved_views.conftest import PEOPLE, kept
from wenxi_portal.accounts.enums import Role
from wenxi_portal.core.errors import DomainError
from wenxi_portal.saved_views.models import SavedView, SeenRow
from wenxi_portal.saved_views.selectors.views import views_for
from wenxi_portal.saved_views.services import saved_view as service

pytestmark = pytest.mark.django_db


def test_only_what_the_list_understands_is_kept(department):
    params = {
        "q": ["李"], "o": ["1.-7"], "township": ["示例镇"], "unit": [""], "p": ["4"], "e": ["1"], "nonsense": ["x"],
        "owner__password": ["x"],
    }  # fmt: skip
    assert kept(department.user, params=params).params == {"o": ["1.-7"], "q": ["李"], "township": ["示例镇"]}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "  "}, "no_name"),
        ({"name": "名" * 61}, "invalid"),
        ({"listing": "admin:talent.nobody"}, "no_list"),
        ({"listing": "admin:"}, "no_list"),
        ({"listing": "nowhere"}, "no_list"),
        ({"params": {"q": ["11010519491231002X"]}}, "personal_number"),
        ({"params": {"q": ["李" * 201]}}, "too_long"),
    ],
)
def test_what_is_refused(department, change, code):
    with pytest.raises(DomainError) as refusal:
        kept(department.user, **change)
    assert refusal.value.code == code
    assert not SavedView.objects.exists()


def test_a_list_one_may_not_see_cannot_be_kept():
    for stranger in (UserFactory(), staff(Role.FINANCE)):
        with pytest.raises(DomainError) as refusal:
            kept(stranger)
        assert refusal.value.code == "forbidden"


def test_a_name_is_kept_once_a_person(department):
    kept(department.user)
    with pytest.raises(DomainError) as refusal:
        kept(department.user)
    assert refusal.value.code == "invalid"
    kept(staff())
    other = kept(department.user, name="另一个")
    with pytest.raises(DomainError):
        service.rename_view(view=other, name="示例查询", actor=department.user)


def test_there_is_an_end_to_views(department, monkeypatch):
    monkeypatch.setattr(service, "MOST_VIEWS", 1)
    kept(department.user)
    with pytest.raises(DomainError) as refusal:
        kept(department.user, name="第二个")
    assert refusal.value.code == "too_many_views"


def test_a_view_is_shared_with_the_own_unit_only(officer):
    with pytest.raises(DomainError) as refusal:
        kept(officer.user, shared_with=LeadUnitFactory())
    assert refusal.value.code == "foreign_unit"
    view = kept(officer.user, shared_with=officer.unit)
    colleague = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER), organisation=officer.unit).user
    assert list(views_for(colleague, PEOPLE)) == [view]
    assert not views_for(staff(Role.LEAD_UNIT_OFFICER), PEOPLE)
    for deed in (
        lambda: service.rename_view(view=view, name="抢名", actor=colleague),
        lambda: service.set_telling(view=view, tells=True, actor=colleague),
        lambda: service.share_view(view=view, unit=None, actor=colleague),
        lambda: service.delete_view(view=view, actor=colleague),
    ):
        with pytest.raises(DomainError):
            deed()
    service.share_view(view=view, unit=None, actor=officer.user)
    assert not views_for(colleague, PEOPLE)


def test_a_view_is_deleted_with_what_it_has_seen(department):
    view = kept(department.user, tells=True)
    SeenRow.objects.create(view=view, record=1, look=0)
    service.delete_view(view=view, actor=department.user)
    assert not SavedView.objects.exists()
    assert not SeenRow.objects.exists()


@pytest.mark.parametrize(
    "broken", [{"name": ""}, {"params": []}, {"params": "x"}, {"tells": True}, {"name": "示例查询"}]
)
def test_the_database_defends_itself(department, broken):
    kept(department.user)
    values = {"owner": department.user, "listing": PEOPLE, "name": "别的", "params": {}, **broken}
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(**values)
