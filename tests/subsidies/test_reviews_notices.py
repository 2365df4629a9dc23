"""Public notices: behind the guard, by the clock, with objections that hold one line alone."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from internships.subsidies.enums import ClaimState, NoticeObjectionState, NoticeState
from internships.subsidies.models import Claim, NoticeLine, NoticeObjection, PublicNotice
from internships.subsidies.selectors.impossible import count_impossible
from internships.subsidies.services.claim import withdraw
from internships.subsidies.services.notice import (
    cancel_notice,
    draft_notice,
    end_due_notices,
    guarded_file,
    publish_notice,
    refresh_draft,
)
from internships.subsidies.services.objection import answer_objection, raise_objection
from internships.subsidies.services.sweep import prove_separation
from tests.factories.accounts import staff
from tests.factories.reviews import drafted_notice, public_notice, sample_policy, worked_claim
from wenxi_portal.core.errors import DomainError
from wenxi_portal.notifications.models import Message
from wenxi_portal.reminders.models import Holiday

pytestmark = pytest.mark.django_db
C = ClaimState
MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


def refused(code, verb, **values):
    with pytest.raises(DomainError) as refusal:
        verb(**values)
    assert refusal.value.code == code, refusal.value.message
    return refusal.value


def states(notice):
    return list(
        Claim.objects.filter(notice_lines__notice=notice)
        .order_by("notice_lines__order")
        .values_list("state", flat=True)
    )


def test_a_notice_shows_its_seven_things_and_nothing_else():
    notice = public_notice(2)
    claim = Claim.objects.get(notice_lines__notice=notice, notice_lines__order=1)
    page = Client().get(notice.get_absolute_url())
    html = page.content.decode()
    for shown in (claim.student.name, claim.student.school, claim.host.name, "¥2,000.00", claim.student.major):
        assert shown in html
    student = claim.student
    for kept in (student.id_number, student.emergency_mobile, claim.account.card, claim.account.card[-4:],
                 claim.account.bank, f"{student.birth_date:%Y-%m-%d}", claim.number, student.user.email):  # fmt: skip
        assert kept not in html
    assert states(notice) == [C.ON_NOTICE, C.ON_NOTICE]


def test_the_sheet_and_the_paper_hold_what_the_page_holds():
    notice = public_notice(2)
    lines = list(notice.lines.order_by("order"))
    answer = Client().get(reverse("subsidies:notice_sheet", args=[notice.number]))
    page = load_workbook(BytesIO(answer.content)).active
    assert page["A1"].value == notice.title
    assert [page.cell(4, column).value for column in (2, 3, 5)] == [lines[0].name, lines[0].university, lines[0].host]
    paper = Document(BytesIO(guarded_file(notice, lines, "docx")))
    section = paper.sections[0]
    assert [round(each.mm) for each in (section.top_margin, section.bottom_margin, section.left_margin)] == [37, 35, 28]
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert notice.title in text
    assert "4,000.00" in text
    assert [cell.text for cell in paper.tables[0].rows[1].cells][1] == lines[0].name
    assert len(paper.tables[0].rows) == 3


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("title", "公示 一三八〇〇一三八〇〇〇", "personal_mobile"),
        ("introduction", "请联系138 0013 8000", "personal_mobile"),
        ("contact", "闻喜县某某路12号", "personal_address"),
    ],
)
def test_nothing_is_drafted_that_may_not_be_published(name, text, code):
    refusal = refused(code, drafted_notice, **{name: text})
    assert refusal.field == name
    assert not PublicNotice.objects.exists()


def test_the_guard_looks_at_every_line_before_publishing():
    claim = worked_claim(C.SECOND_REVIEWED)
    claim.student.major = "化工 13800138000"
    claim.student.save()
    notice = draft_notice(title="示例公示", claims=[claim], actor=staff())
    refusal = refused("personal_mobile", publish_notice, notice=notice, actor=staff())
    assert "13800138000" not in refusal.message
    assert PublicNotice.objects.get().state == NoticeState.DRAFT
    assert Client().get(notice.get_absolute_url()).status_code == 404


def test_only_what_nothing_holds_goes_on_a_notice():
    drawn = worked_claim(C.SECOND_REVIEWED)
    drawn.rechecks.create(round=1)
    for claim in (drawn, worked_claim(C.FIRST_REVIEWED)):
        refused("not_ready", draft_notice, title="示例公示", claims=[claim], actor=staff())
    claim = worked_claim(C.SECOND_REVIEWED)
    notice = draft_notice(title="示例公示", claims=[claim], actor=staff())
    refused("not_ready", draft_notice, title="示例公示", claims=[claim], actor=staff())
    claim.flags.create(kind="same_card")
    refused("not_ready", publish_notice, notice=notice, actor=staff())
    assert refresh_draft(notice=notice, actor=staff()) == 0


def test_published_once_however_often_the_button_is_pressed():
    notice = drafted_notice()
    publish_notice(notice=notice, actor=staff())
    refused("transition", publish_notice, notice=notice, actor=staff())
    assert NoticeLine.objects.count() == 1


def test_the_period_is_never_shorter_than_the_policies_ask():
    notice = drafted_notice(policy=sample_policy(notice_working_days=7), working_days=5)
    refused("days", publish_notice, notice=notice, actor=staff())


def test_the_clock_counts_working_days_over_the_turn_of_the_year():
    Holiday.objects.all().delete()
    Holiday.objects.create(day=date(2026, 12, 31), is_working=False, name="示例假日")
    Holiday.objects.create(day=date(2027, 1, 1), is_working=False, name="元旦")
    Holiday.objects.create(day=date(2027, 1, 2), is_working=True, name="补班")
    notice = public_notice(today=date(2026, 12, 28))
    # 29, 30 December, 2 (a Saturday worked), 4, 5 January.
    assert notice.ends_on == date(2027, 1, 5)
    assert notice.calendar_note == ""


def test_a_year_without_holidays_on_file_is_named():
    Holiday.objects.filter(day__year=2027).delete()
    notice = public_notice(today=date(2026, 12, 28))
    assert notice.calendar_note == "2027"


def test_the_page_goes_by_the_clock_and_the_task_ends_it(settings, monkeypatch):
    last = timezone.localdate() - timedelta(days=1)
    notice = public_notice(2, today=last - timedelta(days=30))
    PublicNotice.objects.filter(pk=notice.pk).update(ends_on=last)
    name = notice.lines.first().name
    visitor = Client()
    assert notice.state == NoticeState.PUBLISHED
    for url in (notice.get_absolute_url(), reverse("subsidies:notice_sheet", args=[notice.number]),
                reverse("subsidies:object", args=[notice.number, 1])):  # fmt: skip
        answer = visitor.get(url)
        assert answer.status_code == 410
        assert name not in answer.content.decode()
    assert visitor.get(f"{notice.get_absolute_url()}?q={name}").status_code == 410
    assert notice.number not in visitor.get(reverse("pages:sitemap")).content.decode()
    assert notice.title not in visitor.get(reverse("subsidies:notices")).content.decode()
    assert notice.title not in visitor.get(reverse("pages:home")).content.decode()
    assert count_impossible()["notice_past"] == 1
    assert end_due_notices() == 1
    assert end_due_notices() == 0
    assert states(notice) == [C.CLEARED, C.CLEARED]
    assert visitor.get(notice.get_absolute_url()).status_code == 410
    assert visitor.get(reverse("subsidies:notice", args=["GS000"])).status_code == 404


def test_while_it_is_up_it_is_found_and_its_lines_are_searched():
    notice = public_notice(2)
    visitor = Client()
    first, second = notice.lines.order_by("order")
    assert f"{notice.get_absolute_url()}<" in visitor.get(reverse("pages:sitemap")).content.decode()
    assert notice.title in visitor.get(reverse("subsidies:notices")).content.decode()
    assert notice.title in visitor.get(reverse("pages:home")).content.decode()
    html = visitor.get(notice.get_absolute_url(), {"q": first.name}).content.decode()
    assert first.name in html
    assert second.name not in html.replace(f'value="{first.name}"', "")


def test_a_cancelled_notice_comes_down_and_its_claims_wait_for_another():
    notice = public_notice(2)
    refused("reason", cancel_notice, notice=notice, actor=staff(), reason=" ")
    cancel_notice(notice=notice, actor=staff(), reason="标题有误")
    assert states(notice) == [C.SECOND_REVIEWED, C.SECOND_REVIEWED]
    assert Client().get(notice.get_absolute_url()).status_code == 410
    again = draft_notice(title="示例公示（更正）", claims=Claim.objects.all(), actor=staff())
    assert publish_notice(notice=again, actor=staff()).state == NoticeState.PUBLISHED


def test_who_withdraws_is_taken_off_at_once():
    notice = public_notice(2)
    line = notice.lines.order_by("order")[0]
    withdraw(claim=line.claim, actor=line.claim.student.user)
    html = Client().get(notice.get_absolute_url()).content.decode()
    assert line.name not in html
    assert notice.lines.order_by("order")[1].name in html


def test_an_objection_holds_its_line_alone_and_is_answered_by_reference():
    notice = public_notice(2)
    line = notice.lines.get(order=1)
    visitor = Client()
    form = reverse("subsidies:object", args=[notice.number, 1])
    assert visitor.get(form).status_code == 200
    sent = visitor.post(form, {"text": "此人3月不在岗", "name": "示例群众", "contact": "139 0000 0000"}, follow=True)
    objection = NoticeObjection.objects.get()
    assert objection.reference in sent.content.decode().replace("-", "")
    assert "示例群众" not in str(NoticeObjection.objects.filter(pk=objection.pk).values("name").query)
    assert states(notice) == [C.OBJECTED, C.ON_NOTICE]
    # The double click.
    visitor.post(form, {"text": "此人3月不在岗", "name": "示例群众", "contact": ""})
    assert NoticeObjection.objects.count() == 1
    look = reverse("subsidies:objection_answer")
    assert "示例群众" not in Client().post(look, {"reference": objection.reference.lower()}).content.decode()
    refused("reason", answer_objection, objection=objection, verdict="rejected", answer=" ", actor=staff())
    refused(
        "personal_mobile",
        answer_objection,
        objection=objection,
        verdict="rejected",
        answer="电话13800138000",
        actor=staff(),
    )
    answer_objection(objection=objection, verdict="rejected", answer="经核实，考勤属实。", actor=staff())
    assert states(notice) == [C.ON_NOTICE, C.ON_NOTICE]
    told = Message.objects.filter(recipient=line.claim.student.user, kind="claim_news").latest("pk")
    assert "不成立" in told.body
    assert "经核实，考勤属实。" in Client().post(look, {"reference": objection.reference}).content.decode()
    refused(
        "stale", answer_objection, objection=objection, verdict="upheld", answer="再答", then="refuse", actor=staff()
    )
    assert line.claim.state_changes.filter(reason__contains="示例群众").count() == 0


def test_an_objection_outlives_the_notice():
    notice = public_notice(2, today=timezone.localdate() - timedelta(days=30))
    PublicNotice.objects.filter(pk=notice.pk).update(ends_on=timezone.localdate())
    objection = raise_objection(line=notice.lines.get(order=1), text="示例异议")
    PublicNotice.objects.filter(pk=notice.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    end_due_notices()
    assert states(notice) == [C.OBJECTED, C.CLEARED]
    refused("over", raise_objection, line=notice.lines.get(order=2), text="太晚")
    answer_objection(objection=objection, verdict="rejected", answer="不成立", actor=staff())
    assert states(notice) == [C.CLEARED, C.CLEARED]


@pytest.mark.parametrize(("then", "state"), [("refuse", C.REFUSED), ("review", C.ENROLLED), ("recompute", C.DRAFT)])
def test_what_an_upheld_objection_leads_to(then, state):
    notice = public_notice()
    objection = raise_objection(line=notice.lines.get(), text="示例异议")
    refused("then", answer_objection, objection=objection, verdict="upheld", answer="属实", actor=staff())
    answer_objection(objection=objection, verdict="upheld", answer="属实", then=then, actor=staff())
    assert states(notice) == [state]
    assert notice.lines.get().removed_on
    assert objection.line.objections.get().state == NoticeObjectionState.UPHELD


def test_two_objections_both_have_to_be_answered():
    notice = public_notice()
    line = notice.lines.get()
    first, second = (raise_objection(line=line, text=text) for text in ("示例一", "示例二"))
    answer_objection(objection=first, verdict="rejected", answer="不成立", actor=staff())
    assert states(notice) == [C.OBJECTED]
    answer_objection(objection=second, verdict="rejected", answer="不成立", actor=staff())
    assert states(notice) == [C.ON_NOTICE]


def test_one_address_objects_a_few_times_an_hour():
    notice = public_notice()
    form = reverse("subsidies:object", args=[notice.number, 1])
    visitor = Client()
    for number in range(settings.NOTICE_OBJECTIONS_AN_HOUR):
        assert visitor.post(form, {"text": f"示例{number}"}).status_code == 302
    assert visitor.post(form, {"text": "再一次"}).status_code == 429
    assert NoticeObjection.objects.count() == settings.NOTICE_OBJECTIONS_AN_HOUR


def test_the_proof_of_the_night_finds_what_should_not_be_and_tells_once():
    auditor = staff()
    assert count_impossible() == {}
    public_notice()
    assert prove_separation() == {}
    Claim.objects.filter(state=C.ON_NOTICE).update(amount=1)
    NoticeLine.objects.update(removed_on="2026-01-01", removed_reason="示例")
    assert prove_separation() == {"sums_differ": 1, "no_notice": 1}
    prove_separation()
    assert Message.objects.filter(recipient=auditor, kind="impossible_money", channel="inbox").count() == 1
