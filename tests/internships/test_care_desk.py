"""The desks: queues, beds, shuttles, activities and care, by the rows of the own unit and by role."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from internships.models import BedStay, CareVisit, Placement, SupportRequest
from internships.services.cases import take_up
from internships.services.demo_care import make_demo_care
from internships.services.stay_officers import put_in_charge
from tests.admin.conftest import at_desk
from tests.admin.posting import form_values
from tests.factories.accounts import staff
from tests.factories.care import (
    ActivityFactory,
    BedFactory,
    LodgingFactory,
    ServiceFactory,
    ShuttleFactory,
    SupportFactory,
    noon,
    officer_of,
    on_post,
    sex_of,
    stays,
)
from tests.factories.internships import PlacementFactory
from wenxi_portal.accounts.belongings import belongings_of
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.switching import switch_off
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db


def desk(name, *args):
    return reverse(f"admin:internships_{name}", args=args)


@pytest.fixture
def stay(db):
    return PlacementFactory(on_post=True, application__wants_lodging=True)


@pytest.fixture
def officer(stay):
    return at_desk(officer_of(stay.lead_unit))


@pytest.fixture
def stranger(db):
    return at_desk(officer_of(LodgingFactory().owner_unit))


def test_requests_are_taken_up_handed_on_and_answered(stay, officer, stranger):
    case, other = SupportFactory(placement=stay), officer_of(stay.lead_unit)
    SupportFactory()
    listed = officer.client.get(desk("supportrequest_changelist"))
    assert [row.pk for row in listed.context_data["cl"].result_list] == [case.pk]
    for deed in ("take", "hand-on", "answer"):
        address = f"{desk('supportrequest_changelist')}{case.pk}/{deed}/"
        assert stranger.client.get(address).status_code == 404
        assert at_desk(staff(Role.AUDITOR)).client.get(address).status_code == 403
        assert officer.client.get(address).status_code == 200
    base = f"{desk('supportrequest_changelist')}{case.pk}/"
    officer.client.post(f"{base}take/")
    officer.client.post(f"{base}hand-on/", {"owner": other.pk})
    case.refresh_from_db()
    assert (case.state, case.owner) == ("in_hand", other)
    assert officer.client.post(f"{base}answer/", {"text": ""}).status_code == 200
    officer.client.post(f"{base}answer/", {"text": "七点开门"})
    assert officer.client.post(f"{base}answer/", {"text": "再答"}).status_code == 409
    page = officer.client.get(desk("supportrequest_change", case.pk)).rendered_content
    assert "七点开门" in page
    assert officer.client.get(desk("supportrequest_changelist")).context_data["cl"].result_count == 0


def test_queues_are_narrowed_by_owner_and_clock(stay, officer):
    today = timezone.localdate()
    gone = officer_of(stay.lead_unit)
    rows = {
        "owner=nobody": SupportFactory(placement=stay, text="1"),
        "owner=me": SupportFactory(placement=stay, text="2", in_hand=True, owner=officer.user),
        "owner=left": SupportFactory(placement=stay, text="3", in_hand=True, owner=gone),
        "clock=overdue": SupportFactory(
            placement=stay, text="4", in_hand=True, owner=staff(), due_on=today - timedelta(days=3)
        ),
    }
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    for query, row in rows.items():
        found = officer.client.get(f"{desk('supportrequest_changelist')}?{query}")
        assert [each.pk for each in found.context_data["cl"].result_list] == [row.pk], query
    assert "逾期3天" in found.rendered_content
    waiting = {queue.title: queue for queue in officer.client.get(reverse("admin:index")).context_data["queues"]}
    assert (waiting["求助办理"].total, waiting["求助办理：经办账号已停用"].total) == (4, 1)
    assert waiting["求助办理"].lines[0].overdue
    assert waiting["待安排床位的学生"].total == 1
    for queue in ("求助办理", "求助办理：经办账号已停用"):
        listed = officer.client.get(waiting[queue].url).context_data["cl"]
        assert listed.result_count == waiting[queue].total


def test_a_number_given_at_the_window_is_shown_once_for_a_reason(officer, stay):
    case = ServiceFactory(unit=stay.lead_unit, mobile="13900001234")
    page = officer.client.get(desk("servicerequest_change", case.pk)).rendered_content
    assert "139****1234" in page
    assert "13900001234" not in page
    address = f"{desk('servicerequest_changelist')}{case.pk}/reveal/"
    assert "13900001234" not in officer.client.post(address, {"reason": "x"}).rendered_content
    shown = officer.client.post(address, {"reason": "电话约面谈"})
    assert "13900001234" in shown.rendered_content
    assert "no-store" in shown["Cache-Control"]
    assert AuditEntry.objects.get(verb="revealed").details["fields"] == ["mobile"]
    assert at_desk(staff(Role.AUDITOR)).client.get(address).status_code == 403


def test_beds_are_added_given_shown_and_given_back(stay, officer, stranger):
    values = form_values(officer.client, desk("lodging_add")) | {"name": "示例楼", "address": "示例路2号"}
    officer.client.post(desk("lodging_add"), values)
    house = stay.lead_unit.lodgings.get()
    officer.client.post(f"{desk('lodging_changelist')}{house.pk}/beds/", {"room": "101", "number": 2, "sex": "2"})
    sex_of(stay, "1")
    give = desk("bedstay_give", stay.pk)
    assert not officer.client.get(give).context_data["form"].fields["bed"].queryset
    sex_of(stay, "2")
    form = officer.client.get(give).context_data["form"]
    assert len(form.fields["bed"].queryset) == 2
    foreign = BedFactory(room="9")
    nights = {"starts_on": timezone.localdate().isoformat(), "ends_on": stay.ends_on.isoformat()}
    assert officer.client.post(give, nights | {"bed": foreign.pk}).status_code == 200
    assert stranger.client.get(give).status_code == 404
    assert stay.student.name in officer.client.get(desk("lodging_needs")).rendered_content
    bed = house.beds.first()
    officer.client.post(give, nights | {"bed": bed.pk})
    given = BedStay.objects.get()
    for address in (desk("lodging_nights", house.pk), desk("lodging_change", house.pk)):
        assert stay.student.name in officer.client.get(address).rendered_content
        assert stranger.client.get(address).status_code == 404
    assert stay.student.name not in officer.client.get(desk("lodging_needs")).rendered_content
    assert officer.client.get(f"{desk('lodging_nights', house.pk)}?from=2026-13-01").status_code == 200
    Placement.objects.filter(pk=stay.pk).update(ends_on=stay.ends_on - timedelta(days=5))
    assert stay.student.name in officer.client.get(desk("lodging_needs")).rendered_content
    stale = officer.client.get(f"{desk('bedstay_changelist')}?nights=stale").context_data["cl"]
    assert stale.result_count == 1
    last = timezone.localdate() + timedelta(days=1)
    officer.client.post(f"{desk('bedstay_changelist')}{given.pk}/give-back/", {"last_night": last.isoformat()})
    given.refresh_from_db()
    assert given.ends_on == last
    officer.client.post(desk("lodging_bed", house.pk, house.beds.last().pk))
    assert house.beds.filter(is_usable=False).count() == 1


def test_shuttles_have_passenger_lists(stay, officer, stranger):
    values = form_values(officer.client, desk("shuttlerun_add")) | {
        "name": "示例班车", "leaves_at_0": noon(2).strftime("%Y-%m-%d"), "leaves_at_1": "09:00", "from_place": "站",
        "to_place": "公寓", "seats": 5,
    }  # fmt: skip
    officer.client.post(desk("shuttlerun_add"), values)
    run = stay.lead_unit.shuttle_runs.get()
    base = f"{desk('shuttlerun_changelist')}{run.pk}/"
    officer.client.post(f"{base}add-passenger/", {"placement": stay.pk})
    seat = run.taken_seats.get()
    printed = officer.client.get(desk("shuttlerun_print", run.pk)).rendered_content
    assert stay.student.name in printed
    assert stranger.client.get(desk("shuttlerun_print", run.pk)).status_code == 404
    sheet = officer.client.get(f"{base}export-list/")
    assert b"".join(sheet.streaming_content).startswith(b"PK")
    officer.client.post(desk("shuttlerun_seat", run.pk, seat.pk))
    assert run.taken_seats.count() == 0
    officer.client.post(f"{base}call-off/", {"reason": "大雪"})
    run.refresh_from_db()
    assert run.is_cancelled
    assert officer.client.get(f"{desk('shuttlerun_changelist')}?when=all").context_data["cl"].result_count == 1


def test_activities_are_opened_ticked_and_corrected(stay, officer, stranger):
    day = noon(2).strftime("%Y-%m-%d")
    values = form_values(officer.client, desk("groupactivity_add")) | {
        "title": "示例参观", "kind": "red_education", "place": "示例馆", "begins_at_0": day, "begins_at_1": "09:00",
        "ends_at_0": day, "ends_at_1": "12:00", "seats": 3,
    }  # fmt: skip
    officer.client.post(desk("groupactivity_add"), values)
    row = stay.lead_unit.group_activities.get()
    officer.client.post(f"{desk('groupactivity_changelist')}{row.pk}/open/")
    row.refresh_from_db()
    assert row.state == "open"
    ticks = desk("groupactivity_ticks", row.pk)
    assert officer.client.post(ticks, {"report": "早了"}).status_code == 200
    mine = row.sign_ups.create(placement=stay, seat=1)
    other = row.sign_ups.create(placement=on_post(stay), seat=2)
    type(row).objects.filter(pk=row.pk).update(begins_at=noon(-1), ends_at=noon(-1) + timedelta(hours=1))
    unclosed = officer.client.get(f"{desk('groupactivity_changelist')}?state=unclosed").context_data["cl"]
    assert unclosed.result_count == 1
    assert stranger.client.get(ticks).status_code == 404
    assert officer.client.post(ticks, {"came": [mine.pk, "x"], "report": "参观顺利"}).status_code == 302
    assert dict(row.sign_ups.values_list("pk", "state")) == {mine.pk: "attended", other.pk: "missed"}
    officer.client.post(ticks, {"came": [mine.pk, other.pk], "report": "更正"})
    assert set(row.sign_ups.values_list("state", flat=True)) == {"attended"}
    assert "更正" in officer.client.get(desk("groupactivity_change", row.pk)).rendered_content


def test_an_officer_signs_a_student_up_who_rang(stay, officer, stranger):
    row = ActivityFactory(unit=stay.lead_unit, state="open", seats=1, begins_at=noon(2), ends_at=noon(3))
    other, elsewhere = on_post(stay), PlacementFactory(on_post=True)
    address = f"{desk('groupactivity_changelist')}{row.pk}/sign-up/"
    offered = officer.client.get(address).context_data["form"].fields["placement"].queryset
    assert set(offered) == {stay, other}
    for placement in (stay, stay, other):
        officer.client.post(address, {"placement": placement.pk})
    assert dict(row.sign_ups.values_list("placement", "state")) == {stay.pk: "signed_up", other.pk: "waiting"}
    assert officer.client.post(address, {"placement": elsewhere.pk}).status_code == 200
    assert row.sign_ups.count() == 2
    assert stranger.client.get(address).status_code == 404
    assert at_desk(staff(Role.AUDITOR)).client.get(address).status_code == 403


def test_whoever_leaves_hands_open_requests_over_first(stay, officer):
    leaving, colleague = officer_of(stay.lead_unit), officer_of(stay.lead_unit)
    cases = [SupportFactory(placement=stay), ServiceFactory(unit=stay.lead_unit)]
    for case in cases:
        take_up(request=case, actor=leaving)
    SupportFactory(
        placement=stay, text="已答复", state="answered", answer="好", owner=leaving, answered_at=timezone.now()
    )
    told = belongings_of(leaving)
    assert [each.words for each in told] == ["1 件未办结的求助", "1 件未办结的窗口业务"]
    assert belongings_of(leaving, organisation_id=stay.lead_unit_id) == told
    assert belongings_of(leaving, organisation_id=LodgingFactory().owner_unit_id) == []
    for each, case in zip(told, cases, strict=True):
        listed = officer.client.get(each.url).context_data["cl"]
        assert [row.pk for row in listed.result_list] == [case.pk]
    with pytest.raises(DomainError):
        switch_off(user=leaving)
    for name, case in zip(("supportrequest", "servicerequest"), cases, strict=True):
        chosen = {"action": "hand_on_selected", "_selected_action": [case.pk]}
        page = officer.client.post(desk(f"{name}_changelist"), chosen)["Location"]
        assert officer.client.post(page, {"owner": officer_of(LodgingFactory().owner_unit).pk}).status_code == 200
        assert officer.client.post(page, {"owner": colleague.pk}).status_code == 302
        case.refresh_from_db()
        assert case.owner == colleague
    assert not switch_off(user=leaving).is_active
    with pytest.raises(DomainError):
        take_up(request=cases[0], actor=officer.user, owner=leaving)


def test_stays_in_charge_hold_an_account_open_and_are_handed_over_from_the_list(stay, officer, stranger):
    leaving, colleague = officer_of(stay.lead_unit), officer_of(stay.lead_unit)
    with pytest.raises(DomainError):
        put_in_charge([stay.pk], owner=stranger.user, actor=officer.user)
    assert put_in_charge([stay.pk], owner=leaving, actor=officer.user) == 1
    (told,) = belongings_of(leaving)
    assert told.words == "1 段负责的实习"
    assert [row.pk for row in officer.client.get(told.url).context_data["cl"].result_list] == [stay.pk]
    with pytest.raises(DomainError):
        switch_off(user=leaving)
    page = officer.client.post(
        desk("placement_changelist"), {"action": "hand_over_selected", "_selected_action": [stay.pk]}
    )["Location"]
    assert stranger.client.get(page).status_code == 302
    assert officer.client.post(page, {"owner": stranger.user.pk}).status_code == 200
    assert officer.client.post(page, {"owner": colleague.pk}).status_code == 302
    stay.refresh_from_db()
    assert stay.officer == colleague
    assert not switch_off(user=leaving).is_active


def test_care_is_logged_in_two_clicks(stay, officer, stranger):
    address, words = desk("carevisit_log", stay.pk), {"kind": "visit", "text": "一切都好"}
    form = officer.client.get(address).context_data["form"]
    assert form["on"].value() == timezone.localdate()
    for _twice in range(2):
        officer.client.post(address, words | {"on": timezone.localdate().isoformat()})
    assert CareVisit.objects.get().visitor == officer.user
    assert stranger.client.get(address).status_code == 404
    assert officer.client.get(desk("carevisit_changelist")).context_data["cl"].result_count == 1
    assert stranger.client.get(desk("carevisit_changelist")).context_data["cl"].result_count == 0


def test_the_demonstration_is_made_once():
    several = stays(5)
    actor = officer_of(several[0].lead_unit)
    assert make_demo_care(stays=[], officer=actor) == 0
    assert make_demo_care(stays=several, officer=actor) > 20
    assert make_demo_care(stays=several, officer=actor) == 0
    assert SupportRequest.objects.filter(is_demo=True, state="answered").count() == 1


@pytest.mark.parametrize("number", [1, 4])
def test_lists_ask_the_database_as_often_for_one_row_as_for_four(stay, officer, number, django_assert_max_num_queries):
    for at in range(number):
        SupportFactory(placement=stay, text=str(at))
        ServiceFactory(unit=stay.lead_unit, text=str(at))
        LodgingFactory(owner_unit=stay.lead_unit)
        ShuttleFactory(owner_unit=stay.lead_unit)
        ActivityFactory(unit=stay.lead_unit)
    for name in ("supportrequest", "servicerequest", "lodging", "shuttlerun", "groupactivity"):
        with django_assert_max_num_queries(17):
            assert officer.client.get(desk(f"{name}_changelist")).status_code == 200
