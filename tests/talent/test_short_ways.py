"""Short ways of the desk: a contact logged from anywhere, studies handed out, a database left, the board's columns."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from talent.selectors.board import board_for
from talent.services.membership import join_database
from tests.factories.accounts import staff
from tests.factories.talent import contact, person
from wenxi_portal.admin_site import exports

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"admin:talent_{name}", args=args)


def test_a_contact_is_logged_from_anywhere(department):
    officer = department.user
    found, due = person(name="李测试"), person(name="王测试")
    contact(due, due=timezone.localdate(), owner=officer)
    assert url("contact_log") in department.client.get(url("channel_changelist")).content.decode()
    part = department.client.get(url("contact_log"), {"q": "李测", "part": 1}).content.decode()
    assert url("person_log_contact", found.pk) in part
    assert "<html" not in part
    turn = department.client.get(url("contact_log")).content.decode()
    assert url("person_log_contact", due.pk) in turn
    assert url("person_log_contact", found.pk) not in turn


def test_studies_of_the_people_on_the_list_are_handed_out(department, monkeypatch):
    for name in ("测试甲", "测试乙"):
        person(name=name, study=[{"university_name": "示例大学"}])
    answer = department.client.get(url("person_export_studies"), {"q": "测试甲"})
    rows = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True)
    text = str(list(rows))
    assert "测试甲" in text
    assert "测试乙" not in text
    monkeypatch.setattr(exports, "REASON_ABOVE", 0)
    assert department.client.get(url("person_export_studies")).status_code == 200


def test_a_database_is_left_on_the_page(department):
    found = person()
    where = url("person_leave", found.pk)
    assert department.client.get(where).status_code == 404
    membership = join_database(person=found, database="alumni", reason="测试", actor=None)
    told = {"membership": membership.pk, "reason": "毕业"}
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "日期不能晚于今天" in department.client.post(where, {**told, "until": tomorrow}).content.decode()
    department.client.post(where, told)
    membership.refresh_from_db()
    assert (membership.until, membership.end_reason) == (timezone.localdate(), "毕业")


def test_every_column_of_the_board_counts_its_own(department, monkeypatch):
    monkeypatch.setattr("talent.selectors.board.MOST_SHOWN", 1)
    today, other = timezone.localdate(), staff()
    for days in (-3, -2, 0):
        contact(due=today + timedelta(days=days), owner=other)
    overdue, now, _later = board_for(department.user).columns
    assert (overdue.total, len(overdue.steps), overdue.is_cut) == (2, 1, True)
    assert (now.total, len(now.steps)) == (1, 1)
    board = board_for(department.user, officer=department.user.pk)
    assert [column.total for column in board.columns] == [0, 0, 0]
    assert board.officers == [(str(other.pk), other.name, 3)]
