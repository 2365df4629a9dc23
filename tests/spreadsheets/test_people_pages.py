"""The pages of an import of people, and people handed out: no full number where it does not belong."""

import io
import logging
from datetime import date

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from msoffcrypto import OfficeFile

from talent.models import Person
from talent.sheets import PEOPLE as SHEET
from tests.factories.accounts import staff
from tests.factories.talent import person
from tests.spreadsheets.books import xlsx
from tests.spreadsheets.people import HEADER, MOBILE, PEOPLE, number, row
from wenxi_portal.accounts.enums import Role
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.core.errors import DomainError
from wenxi_portal.spreadsheets import repair
from wenxi_portal.spreadsheets.models import ExportFile
from wenxi_portal.spreadsheets.services.exports import ask_for_export, export_now, make_export, read_export

pytestmark = pytest.mark.django_db
PROTECTED = reverse("admin:talent_person_export_protected")
PASSWORD = "sehr-geheim-1"


def at_desk(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(run, name="change", *more):
    return reverse(f"admin:spreadsheets_importrun_{name}", args=[run.pk, *more])


def cells(content: bytes) -> str:
    return str(
        [[cell.value for cell in line] for line in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()]
    )


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_no_preview_repair_note_or_log_holds_a_full_number(read, department, caplog):
    caplog.set_level(logging.DEBUG)
    born = date(1990, 5, 6)
    kept, changed, broken, twin = number(), number(), "140823199903051000", number(born)
    person(name="测试甲", number=kept)
    person(name="测试乙", number=changed, mobile="13900000009")
    person(name="测试丙", birth_date=born)
    rows = [
        HEADER,
        row(number()),
        row(changed, "测试乙"),
        row(broken),
        row(kept, "别名"),
        row(twin, "测试丙", "13800000007"),
    ]
    # Numbers typed into the wrong columns.
    rows.append(["测试丁", "", "", f"住址{kept}", f"单位{changed}", twin, "", "示例大学", "学堂"])
    run = read(xlsx(rows), PEOPLE)
    assert run.counts == {"new": 1, "changed": 1, "error": 3, "duplicate": 1}
    client = at_desk(department)
    with repair.repair_workbook(run, SHEET) as stream:
        notes = [
            cell.comment.text
            for line in openpyxl.load_workbook(stream).active.iter_rows()
            for cell in line
            if cell.comment
        ]
    assert len(notes) >= 4
    pages = [client.get(page_of(run), {"kind": kind}).content.decode() for kind in ("", *run.counts)]
    told = " ".join([*pages, *notes, caplog.text, str(list(AuditEntry.objects.values()))])
    for secret in (kept, changed, broken, twin, MOBILE, "13800000007", "13900000009"):
        assert secret not in told
    assert "138****0001" in pages[0]


def test_all_bad_rows_of_a_long_import_come_back_from_a_worker(read, department, monkeypatch):
    monkeypatch.setattr(repair, "MOST_NOTES", 2)
    rows = [["名单"], HEADER[:2], ["测试甲", number()], *(["坏号码", f"12345{at}"] for at in range(3))]
    run, client = read(xlsx(rows), PEOPLE), at_desk(department)
    assert client.get(page_of(run, "repair")).status_code == 405
    for _click in range(2):
        assert client.post(page_of(run, "repair")).status_code == 302
    export = ExportFile.objects.get(repairs=run)
    make_export(export.pk)
    content = body(client.get(reverse("admin:spreadsheets_exportfile_fetch", args=[export.pk])))
    lines = [[cell.value for cell in line] for line in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()]
    assert [line[0] for line in lines] == ["名单", "姓名", "坏号码", "坏号码", "坏号码"]
    assert [line[2] for line in lines[:2]] == [None, "怎么改"]
    assert all(line[2].startswith("证件号码：") for line in lines[2:])
    assert read(content, PEOPLE).counts == {"error": 3}


def test_possible_duplicates_are_decided_on_the_page(read, department):
    for name in ("测试甲", "测试乙"):
        person(name=name, birth_date=date(1990, 5, 6))
    run = read(
        xlsx([["姓名", "出生日期", "来源"], *([name, "1990-05-06", "名册"] for name in ("测试甲", "测试乙"))]), PEOPLE
    )
    client, (first, second) = at_desk(department), run.rows.order_by("number")
    client.post(page_of(run, "decide", first.pk), {"decision": "same", "same_as": first.twins[0][0]})
    client.post(page_of(run, "decide", second.pk), {"decision": "new"})
    assert list(run.rows.order_by("number").values_list("accepted", "same_as")) == [
        (True, first.twins[0][0]),
        (True, None),
    ]
    shown = client.get(page_of(run), {"kind": "duplicate"}).content.decode()
    assert "已认定为库中档案：测试甲" in shown
    assert "已确认按新增录入" in shown
    answer = client.post(page_of(run, "decide_all"), {"decision": "skip"}, follow=True)
    assert "已处理2行" in answer.content.decode()
    assert client.post(page_of(run, "decide_all"), {"decision": "nonsense"}).status_code == 404
    client.post(page_of(run, "decide_all"), {"decision": "same"})
    assert run.rows.filter(same_as__isnull=False).count() == 2
    assert at_desk(staff(Role.AUDITOR)).post(page_of(run, "decide_all"), {"decision": "new"}).status_code == 404


def test_people_leave_masked_unless_somebody_may_see_them_and_says_why(department):
    document = number()
    person(name="测试甲", number=document, mobile=MOBILE)
    desk = at_desk(department)
    plain = cells(body(desk.get(reverse("admin:talent_person_export_office"))))
    assert document not in plain
    assert MOBILE not in plain
    assert "138****0001" in plain
    for wishes in ({"reveal": "on", "reason": "核对"}, {"reveal": "on", "password": PASSWORD}):
        assert not desk.post(PROTECTED, wishes).streaming
    opened = io.BytesIO()
    book = OfficeFile(io.BytesIO(body(desk.post(PROTECTED, {"reveal": "on", "reason": "核对", "password": PASSWORD}))))
    book.load_key(password=PASSWORD)
    book.decrypt(opened)
    assert document in cells(opened.getvalue())
    entry = AuditEntry.objects.filter(verb="exported").latest("pk")
    assert (entry.reason, entry.details["revealed"]) == ("核对", True)
    assert document not in str(list(AuditEntry.objects.values()))


def test_who_may_not_reveal_cannot_ask_for_it(department):
    person(name="测试甲", number=number())
    auditor = staff(Role.AUDITOR)
    assert 'name="reveal"' not in at_desk(auditor).get(PROTECTED).content.decode()
    assert 'name="reveal"' in at_desk(department).get(PROTECTED).content.decode()
    wishes = {"reason": "核对", "password": PASSWORD, "reveal": True}
    with pytest.raises(DomainError):
        export_now(model=Person, queryset=Person.objects.all(), actor=auditor, **wishes)
    with pytest.raises(DomainError):
        ask_for_export(model=Person, ids=[1], actor=auditor, **wishes)


def test_a_file_made_in_the_background_reveals_what_was_asked(department):
    document = number()
    ids = [person(name="测试甲", number=document).pk]
    for reveal in (False, True):
        export = ask_for_export(
            model=Person, ids=ids, actor=department, reason="核对", password=PASSWORD, reveal=reveal
        )
        make_export(export.pk)
        made, opened = ExportFile.objects.get(pk=export.pk), io.BytesIO()
        book = OfficeFile(io.BytesIO(read_export(export=made, actor=department)))
        book.load_key(password=PASSWORD)
        book.decrypt(opened)
        assert (document in cells(opened.getvalue())) is reveal
