"""From an uploaded file to records: what is new, changed, unchanged, doubtful or wrong, and what is written."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.organisations import HostFactory, UniversityFactory
from tests.spreadsheets.books import HEADER, universities, xlsx
from tests.spreadsheets.conftest import ORGANISATIONS
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.core.errors import DomainError
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.services.organisation import save_organisation
from wenxi_portal.spreadsheets.enums import Decision, ImportState, Outcome, RowKind
from wenxi_portal.spreadsheets.models import ImportFile, ImportRow, ImportRun
from wenxi_portal.spreadsheets.services import reading, sweeping
from wenxi_portal.spreadsheets.services.applying import apply_import
from wenxi_portal.spreadsheets.services.deciding import decide_twin
from wenxi_portal.spreadsheets.services.uploads import confirm_import, drop_import, resume_import

pytestmark = pytest.mark.django_db


def test_new_rows_are_entered_with_history_search_and_audit(read, write, department):
    run = read(xlsx(universities("示例甲大学", "示例乙大学")))
    assert (run.state, run.counts, run.message) == (ImportState.READY, {"new": 2}, "")
    assert not Organisation.objects.filter(name="示例甲大学").exists(), "nothing is written before it is confirmed"
    write(run)
    assert (run.state, run.outcomes) == (ImportState.APPLIED, {"entered": 2})
    entered = Organisation.objects.get(name="示例甲大学")
    assert (entered.kind, entered.city, entered.revision) == ("university", "太原市", 1)
    assert Organisation.objects.matching("sljdx").get() == entered
    event = entered.events.get()
    assert event.pgh_context.metadata["user"] == department.pk
    deeds = list(AuditEntry.objects.filter(subject_type="spreadsheets.importrun").values_list("verb", flat=True))
    assert sorted(deeds) == ["moved", "moved", "uploaded"]


def test_the_same_file_twice_changes_nothing(read, write):
    content = xlsx(universities("示例甲大学", "示例乙大学"))
    write(read(content))
    before = list(Organisation.objects.order_by("pk").values())
    again = read(content)
    assert again.counts == {"unchanged": 2}
    write(again)
    assert again.outcomes == {}
    assert list(Organisation.objects.order_by("pk").values()) == before


def test_changes_are_shown_field_by_field_and_an_empty_cell_erases_nothing(read, write):
    old = UniversityFactory(name="示例丙大学", city="旧市", province="山西省", address="旧路")
    run = read(xlsx([["名称", "类别", "城市", "地址"], ["示例丙大学", "高校", "新市", ""]]))
    assert run.rows.get().changes == [["city", "旧市", "新市"]]
    write(run)
    old.refresh_from_db()
    assert (old.city, old.address, old.revision) == ("新市", "旧路", 2)
    assert Organisation.objects.matching("新市").get() == old


def test_errors_name_row_cell_and_what_to_do(read, write):
    rows = [
        HEADER,
        ["示例好大学", "高校"],
        ["", "高校"],
        ["示例坏大学", "学堂", "", "", 123],
        ["示例企业", "用人单位", "", "", "4114010001"],
    ]
    run = read(xlsx(rows))
    assert run.counts == {"new": 1, "error": 3}
    told = {row.number: [problem[0] for problem in row.problems] for row in run.rows.filter(kind=RowKind.ERROR)}
    assert told == {3: ["name"], 4: ["kind", "school_code"], 5: ["school_code"]}
    write(run)
    assert run.outcomes == {"entered": 1}
    assert not Organisation.objects.filter(name="示例坏大学").exists()


def test_a_name_that_sounds_the_same_waits_for_a_decision(read, write, department):
    UniversityFactory(name="示例师范大学")
    run = read(xlsx(universities("示例失范大学")))
    row = run.rows.get()
    assert (row.kind, row.twins[0][1]) == (RowKind.DUPLICATE, "示例师范大学")
    decide_twin(run=run, row_number=row.pk, decision=Decision.NEW, actor=department)
    write(run)
    assert Organisation.objects.filter(name="示例失范大学").exists()


def test_a_possible_duplicate_nobody_decided_on_stays_out(read, write):
    UniversityFactory(name="示例师范大学")
    run = write(read(xlsx(universities("示例失范大学"))))
    assert not Organisation.objects.filter(name="示例失范大学").exists()
    assert run.outcomes == {}


def test_rows_of_one_file_that_repeat_or_contradict_each_other(read):
    rows = [
        HEADER,
        ["示例甲大学", "高校", "", "太原市"],
        ["示例甲大学", "高校", "", "太原市"],
        ["示例甲大学", "高校", "", "大同市"],
    ]
    run = read(xlsx(rows))
    assert run.counts == {"new": 1, "unchanged": 1, "error": 1}


def test_what_changed_since_the_preview_is_reported_and_not_overwritten(read, write):
    moved, calm = UniversityFactory(name="示例动大学", city="旧市"), UniversityFactory(name="示例静大学", city="旧市")
    run = read(
        xlsx(
            [
                HEADER,
                ["示例动大学", "高校", "", "新市"],
                ["示例静大学", "高校", "", "新市"],
                ["示例新大学", "高校", "", "新市"],
            ]
        )
    )
    moved.city = "别市"
    save_organisation(organisation=moved)
    UniversityFactory(name="示例新大学", city="他市")
    write(run)
    moved.refresh_from_db()
    calm.refresh_from_db()
    assert (moved.city, calm.city) == ("别市", "新市")
    assert Organisation.objects.get(name="示例新大学").city == "他市"
    assert run.outcomes == {"overtaken": 2, "changed": 1}
    assert run.rows.filter(outcome=Outcome.OVERTAKEN).count() == 2


def test_a_code_finds_the_record_under_another_name(read):
    UniversityFactory(name="示例旧名大学", school_code="4114010001")
    run = read(xlsx([HEADER, ["示例新名大学", "高校", "", "", 4114010001]]))
    assert run.rows.get().changes[0] == ["name", "示例旧名大学", "示例新名大学"]


def test_a_name_and_a_code_of_two_records_is_refused(read):
    UniversityFactory(name="示例一大学", school_code="4114010001")
    UniversityFactory(name="示例二大学")
    run = read(xlsx([HEADER, ["示例二大学", "高校", "", "", "4114010001"]]))
    assert run.rows.get().problems[0][0] == "name"


def test_reading_again_after_a_kill_leaves_no_row_twice(read):
    run = read(xlsx(universities("示例甲大学", "示例乙大学")))
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.READING)
    reading.read_import(run.pk)
    run.refresh_from_db()
    assert (run.state, run.attempt, run.rows.count()) == (ImportState.READY, 2, 2)


def test_a_worker_that_was_taken_for_dead_writes_nothing_more(read, department, monkeypatch):
    run = read(xlsx(universities("示例甲大学")))
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.READING)
    judge = reading.Judge.judge

    def overtaken(self, batch):
        ImportRun.objects.filter(pk=run.pk).update(attempt=9)
        return judge(self, batch)

    monkeypatch.setattr(reading.Judge, "judge", overtaken)
    reading.read_import(run.pk)
    run.refresh_from_db()
    assert (run.state, run.rows.count()) == (ImportState.READING, 0)


def test_reading_gives_up_after_three_attempts_and_can_begin_again(read, department):
    run = read(xlsx(universities("示例甲大学")))
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.READING, attempt=3)
    reading.read_import(run.pk)
    run.refresh_from_db()
    assert run.state == ImportState.FAILED
    resume_import(run=run, actor=department)
    reading.read_import(run.pk)
    run.refresh_from_db()
    assert (run.state, run.counts) == (ImportState.READY, {"new": 1})


def test_applying_twice_writes_once(read, write):
    run = write(read(xlsx(universities("示例甲大学"))))
    apply_import(run.pk)
    assert Organisation.objects.filter(name="示例甲大学").count() == 1


def test_nothing_is_left_when_one_row_cannot_be_written(read, department):
    run = read(xlsx(universities("示例甲大学", "示例乙大学")))
    ImportRow.objects.filter(run=run, number=3).update(values={"name": "示" * 200, "kind": "university"})
    confirm_import(run=run, actor=department)
    apply_import(run.pk)
    run.refresh_from_db()
    assert run.state == ImportState.FAILED
    assert run.message
    assert not Organisation.objects.filter(name="示例甲大学").exists()


def test_the_sweep_takes_up_what_is_silent(read, monkeypatch, django_capture_on_commit_callbacks):
    run = read(xlsx(universities("示例甲大学")))
    sent = []
    monkeypatch.setattr(
        "wenxi_portal.spreadsheets.services.queue._send", lambda task, number: sent.append((task, number))
    )
    long_ago = timezone.now() - timedelta(minutes=5)
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.READING, heard_at=long_ago)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweeping.take_up_stuck() == 1
        assert sweeping.take_up_stuck() == 0
    assert sent == [("read_import", run.pk)]


def test_files_and_rows_are_erased_after_their_time(read, write, settings):
    run = write(read(xlsx(universities("示例甲大学"))))
    waiting = read(xlsx(universities("示例乙大学")))
    ImportRun.objects.update(heard_at=timezone.now() - timedelta(days=settings.IMPORT_KEPT_DAYS + 1))
    assert sweeping.erase_old() == 2
    assert not ImportRow.objects.exists()
    assert not ImportFile.objects.exists()
    run.refresh_from_db()
    waiting.refresh_from_db()
    assert (run.state, run.counts) == (ImportState.APPLIED, {"new": 1})
    assert waiting.state == ImportState.DROPPED


def test_a_dropped_import_cannot_be_confirmed(read, department):
    run = read(xlsx(universities("示例甲大学")))
    drop_import(run=run, actor=department)
    with pytest.raises(DomainError):
        confirm_import(run=run, actor=department)


def test_the_file_lies_sealed(read):
    content = xlsx(universities("示例甲大学"))
    run = read(content)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM spreadsheets_importfile WHERE run_id = %s", [run.pk])
        stored = bytes(cursor.fetchone()[0])
    assert stored.startswith(b"aes:1:")
    assert content[:64] not in stored
    assert bytes(run.file.content) == content


def test_a_host_may_have_a_sort(read, write):
    run = write(read(xlsx([["名称", "类别", "用人单位类型"], ["示例厂", "用人单位", "企业"]])))
    assert run.outcomes == {"entered": 1}
    assert HostFactory(name="示例二厂").host_kind == Organisation.objects.get(name="示例厂").host_kind
    assert run.sheet == ORGANISATIONS
