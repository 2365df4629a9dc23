"""The monthly sheet: opened, filled, confirmed once, objected to, corrected, locked; by grid and by workbook."""

from datetime import timedelta

import pytest
from django.utils import timezone

from internships.enums import ObjectionState, SheetState
from internships.models import AttendanceSheet, Placement
from internships.selectors.attendance import due_months, first_of, month_end, stay_days
from internships.services.attendance import (
    confirm_sheet,
    correct_sheet,
    drop_correction,
    lock_sheet,
    open_due_sheets,
    open_sheet,
    save_sheet,
)
from internships.services.attendance_objection import answer_objection, raise_objection
from internships.services.attendance_sheets import read_upload
from internships.services.stay_course import extend, interrupt, resume
from tests.factories import stays
from tests.factories.accounts import staff
from tests.factories.stays import day
from tests.internships.test_stay_moves import refused
from wenxi_portal.core.errors import DomainError
from wenxi_portal.spreadsheets.services.exports import export_now

pytestmark = pytest.mark.django_db
S = SheetState


@pytest.fixture
def stay(db):
    """A stay that began 70 days ago: its first month is over."""
    return stays.on_post(-70, 20)


@pytest.fixture
def sheet(stay):
    return open_sheet(placement=stay, month=stay.starts_on)


def test_a_sheet_begins_with_what_days_usually_are(stay, sheet):
    assert set(sheet.marks) == {str(one.day) for one in stay_days(stay, sheet.month)}
    assert set(sheet.marks.values()) <= {"present", "rest"}
    assert open_sheet(placement=stay, month=stay.starts_on) == sheet
    assert sheet.half_days == 2 * list(sheet.marks.values()).count("present")


def test_days_outside_the_stay_are_refused(stay, sheet):
    actor = staff()
    before = str((stay.starts_on - timedelta(days=1)).day)
    if before not in sheet.marks:
        refused("outside", save_sheet, sheet=sheet, actor=actor, marks={before: "present"})
    refused("outside", save_sheet, sheet=sheet, actor=actor, marks={"32": "present"})
    refused("mark", save_sheet, sheet=sheet, actor=actor, marks={next(iter(sheet.marks)): "asleep"})
    refused("outside", open_sheet, placement=stay, month=first_of(day(-200)))


def test_a_stay_that_has_not_begun_has_no_sheet():
    refused("outside", open_sheet, placement=stays.planned(0, 60), month=first_of(day(0)))


def test_two_editors_do_not_overwrite_each_other(sheet):
    key = next(iter(sheet.marks))
    save_sheet(sheet=sheet, actor=staff(), marks={key: "half"}, expected_revision=1)
    refused("stale", save_sheet, sheet=sheet, actor=staff(), marks={key: "sick"}, expected_revision=1)
    sheet.refresh_from_db()
    assert sheet.marks[key] == "half"


def test_a_month_is_confirmed_when_it_is_over(stay, sheet):
    this = open_sheet(placement=stay, month=first_of(timezone.localdate()))
    if timezone.localdate() <= month_end(this.month):
        refused("early", confirm_sheet, sheet=this, actor=staff())
    done = confirm_sheet(sheet=sheet, actor=staff())
    assert (done.state, done.confirmed_by is None) == (S.CONFIRMED, False)
    refused("transition", confirm_sheet, sheet=sheet, actor=staff())
    refused("transition", save_sheet, sheet=sheet, actor=staff(), marks={})
    assert done.state_changes.count() == 1


def test_a_correction_replaces_what_it_corrects(sheet):
    first = confirm_sheet(sheet=sheet, actor=staff())
    refused("reason", correct_sheet, sheet=first, actor=staff(), reason=" ")
    new = correct_sheet(sheet=first, actor=staff(), reason="漏记半天")
    assert correct_sheet(sheet=first, actor=staff(), reason="再点一次") == new
    assert AttendanceSheet.objects.valid().get(placement=sheet.placement) == first
    confirm_sheet(sheet=new, actor=staff())
    first.refresh_from_db()
    assert first.state == S.REPLACED
    assert AttendanceSheet.objects.valid().get(placement=sheet.placement) == new
    again = correct_sheet(sheet=new, actor=staff(), reason="x")
    drop_correction(sheet=again, actor=staff())
    assert AttendanceSheet.objects.valid().get(placement=sheet.placement) == new
    refused("first", drop_correction, sheet=open_sheet(placement=stays.on_post(-70, 20), month=day(-70)), actor=staff())


def test_a_claimed_sheet_is_locked_and_corrected_by_a_new_version(sheet):
    refused("transition", lock_sheet, sheet=sheet, actor=staff())
    done = confirm_sheet(sheet=sheet, actor=staff())
    locked = lock_sheet(sheet=done, actor=staff())
    assert lock_sheet(sheet=locked, actor=staff()).state == S.LOCKED
    refused("locked", raise_objection, sheet=locked, actor=staff(), text="x")
    new = correct_sheet(sheet=locked, actor=staff(), reason="更正")
    confirm_sheet(sheet=new, actor=staff())
    locked.refresh_from_db()
    assert locked.state == S.REPLACED


def test_an_objection_is_answered(sheet):
    student = sheet.placement.student.user
    refused("transition", raise_objection, sheet=sheet, actor=student, text="x")
    done = confirm_sheet(sheet=sheet, actor=staff())
    refused("text", raise_objection, sheet=done, actor=student, text=" ")
    objection = raise_objection(sheet=done, actor=student, text="3日到岗")
    assert raise_objection(sheet=done, actor=student, text="3日到岗") == objection
    refused("waiting", raise_objection, sheet=done, actor=student, text="还有4日")
    refused("objection", lock_sheet, sheet=done, actor=staff())
    refused("reason", answer_objection, objection=objection, actor=staff(), answer="", upheld=False)
    back = answer_objection(objection=objection, actor=staff(), answer="当日请假", upheld=False)
    assert back.state == S.CONFIRMED
    refused("transition", answer_objection, objection=objection, actor=staff(), answer="x", upheld=True)


def test_an_upheld_objection_leads_to_a_correction(sheet):
    done = confirm_sheet(sheet=sheet, actor=staff())
    objection = raise_objection(sheet=done, actor=sheet.placement.student.user, text="3日到岗")
    new = answer_objection(objection=objection, actor=staff(), answer="属实", upheld=True)
    objection.refresh_from_db()
    assert (new.version, objection.state) == (2, ObjectionState.UPHELD)
    refused("objection", lock_sheet, sheet=done, actor=staff())
    confirm_sheet(sheet=new, actor=staff())
    assert lock_sheet(sheet=new, actor=staff()).state == S.LOCKED


def test_objections_end_after_some_working_days(sheet):
    done = confirm_sheet(sheet=sheet, actor=staff())
    late = timezone.localdate() + timedelta(days=40)
    refused("late", raise_objection, sheet=done, actor=staff(), text="x", today=late)


def test_an_interruption_leaves_no_attendance():
    stay = stays.on_post(-10, 20)
    draft = open_sheet(placement=stay, month=first_of(day(-3)))
    interrupt(placement=stay, actor=staff(), on=day(-3), reason="返校")
    draft.refresh_from_db()
    assert str(day(-3).day) not in draft.marks or first_of(day(-3)) != draft.month
    resume(placement=Placement.objects.get(pk=stay.pk), actor=staff(), on=day(-1))
    draft.refresh_from_db()
    assert (str(day(-1).day) in draft.marks) == (first_of(day(-1)) == draft.month)
    assert str(day(-2).day) not in draft.marks or first_of(day(-2)) != draft.month


def test_due_sheets_are_opened_by_the_clock(stay):
    assert open_due_sheets() == len(due_months(stay, timezone.localdate())) >= 2
    assert open_due_sheets() == 0


def test_a_stay_extended_after_its_last_sheet_asks_for_a_correction():
    stay = stays.on_post(-40, -3)
    last = open_sheet(placement=stay, month=first_of(day(-3)))
    done = confirm_sheet(sheet=last, actor=staff())
    extend(placement=stay, actor=staff(), ends_on=day(1), reason="延长")
    new = correct_sheet(sheet=done, actor=staff(), reason="实习延长")
    assert len(new.marks) >= len(done.marks)
    assert {str(one.day) for one in stay_days(Placement.objects.get(pk=stay.pk), done.month)} == set(new.marks)


def exported(sheets, actor):
    stream, _name = export_now(model=AttendanceSheet, queryset=sheets, actor=actor)
    with stream:
        return stream.read()


def test_the_months_workbook_read_back_changes_nothing(sheet):
    host = stays.host_of(sheet.placement)
    content = exported(AttendanceSheet.objects.filter(pk=sheet.pk), host)
    result = read_upload(content=content, actor=host)
    assert (result.problems, result.written) == ([], 0)


def test_a_workbook_fills_drafts_of_own_interns_only(sheet):
    host, stranger = stays.host_of(sheet.placement), stays.host_of(stays.on_post())
    key = min(sheet.marks, key=int)
    name = sheet.placement.student.name
    rows = f"姓名,月份,{key},备注\n{name},{sheet.month:%Y.%m},病假,发烧\n"
    assert read_upload(content=rows.encode("gb18030"), actor=host).written == 1
    sheet.refresh_from_db()
    assert (sheet.marks[key], sheet.note) == ("sick", "发烧")
    assert read_upload(content=rows.encode("gb18030"), actor=host).written == 0
    told = read_upload(content=rows.encode("gb18030"), actor=stranger)
    assert [row for row, _column, _words in told.problems] == [2]


def test_a_workbook_with_a_problem_writes_nothing(sheet):
    host = stays.host_of(sheet.placement)
    key = min(sheet.marks, key=int)
    name = sheet.placement.student.name
    rows = f"姓名,月份,{key}\n{name},{sheet.month:%Y-%m},×\n示例无人,{sheet.month:%Y-%m},√\n"
    told = read_upload(content=rows.encode(), actor=host)
    assert len(told.problems) == 1
    sheet.refresh_from_db()
    assert sheet.marks[key] != "absent"
    with pytest.raises(DomainError):
        read_upload(content=b"\x00\x01 not a sheet", actor=host)
    confirm_sheet(sheet=sheet, actor=host)
    own = f"姓名,月份,{key}\n{name},{sheet.month:%Y-%m},×\n"
    assert read_upload(content=own.encode(), actor=host).problems
