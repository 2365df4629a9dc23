"""Applying on the pages: two clicks, two windows, lost sessions; and what a host sees when."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from internships.enums import ApplicationState
from internships.models import Application, Nomination, Position, Student
from internships.services.nomination_words import nomination_token
from tests.factories.accounts import UserFactory
from tests.factories.internships import ApplicationFactory, NominationFactory, PositionFactory, StudentFactory
from tests.internships.conftest import desk
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
S = ApplicationState


def apply_url(position):
    return f"/accounts/me/internships/apply/{position.pk}/"


def test_two_clicks_submit_once(student, host):
    values = {"letter": "想学镁合金", "action": "submit", "revision": 0}
    first = student.client.post(apply_url(host.position), values)
    second = student.client.post(apply_url(host.position), values, follow=True)
    application = Application.objects.get()
    assert first["Location"] == second.redirect_chain[-1][0] == application.get_absolute_url()
    assert application.state_changes.filter(to_state=S.SUBMITTED).count() == 1
    assert student.client.get(apply_url(host.position))["Location"] == application.get_absolute_url()


def test_reasons_stand_before_the_form(student):
    position = PositionFactory(levels=["doctor"])
    page = student.client.get(apply_url(position)).content.decode()
    assert "<textarea" not in page
    assert "notice-warning" in page
    newcomer = desk(UserFactory()).client.get(apply_url(position)).content.decode()
    assert f"profile/?position={position.pk}" in newcomer
    assert student.client.get(apply_url(PositionFactory(draft=True))).status_code == 404


def test_a_draft_is_kept_half_done_and_two_windows_lose_nothing(student, host):
    url = apply_url(host.position)
    first, last = timezone.localdate() + timedelta(days=40), timezone.localdate() + timedelta(days=30)
    page = student.client.post(
        url, {"letter": "第一稿", "available_from": first, "available_until": last, "action": "submit", "revision": 0}
    )
    assert "#id_available_until" in page.content.decode()
    assert Application.objects.get().letter == "第一稿"
    saved = student.client.post(url, {"letter": "第二稿", "action": "save", "revision": 2})
    assert saved["Location"] == url
    stale = student.client.post(url, {"letter": "另一个窗口", "action": "save", "revision": 2}).content.decode()
    assert "另一个窗口" in stale
    assert Application.objects.get().letter == "第二稿"
    revision = Application.objects.get().revision
    assert f'name="revision" value="{revision}"' in stale
    student.client.post(url, {"letter": "另一个窗口", "action": "save", "revision": revision})
    assert Application.objects.get().letter == "另一个窗口"


def test_what_was_written_when_the_session_was_lost_comes_back_after_sign_in(student, host):
    url = apply_url(host.position)
    writer = str(student.client.get(url).context["request"].writer)
    browser = Client()
    gone = browser.post(url, {"letter": "写了很久的理由", "action": "submit", "revision": 0, "writer": writer})
    assert gone["Location"].startswith("/accounts/login/?next=")
    assert not Application.objects.exists()
    browser.force_login(student.user)
    page = browser.get(url).content.decode()
    assert "写了很久的理由" in page
    other = Client()
    other.post(url, {"letter": "写了很久的理由", "action": "submit", "writer": writer})
    other.force_login(StudentFactory(enrolment_code="A1").user)
    assert "写了很久的理由" not in other.get(url).content.decode()


def test_a_position_that_closes_while_one_writes(student, host):
    url = apply_url(host.position)
    Position.objects.filter(pk=host.position.pk).update(apply_until=timezone.localdate() - timedelta(days=1))
    page = student.client.post(url, {"letter": "想学镁合金", "action": "submit", "revision": 0}).content.decode()
    assert "想学镁合金" in page
    assert "error-summary" in page
    assert Application.objects.get().state == S.DRAFT


def test_a_broker_that_is_down_disturbs_nobody(student, host, settings, django_capture_on_commit_callbacks):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    with django_capture_on_commit_callbacks(execute=True):
        response = student.client.post(
            apply_url(host.position), {"letter": "想学镁合金", "action": "submit", "revision": 0}
        )
    assert response.status_code == 302
    assert Application.objects.get().state == S.SUBMITTED


def test_the_student_accepts_declines_and_withdraws_his_own_only(student, host):
    one = ApplicationFactory(position=host.position, student=student.row, offered=True)
    answer = f"{one.get_absolute_url()}answer/"
    stranger = desk(StudentFactory().user).client
    assert stranger.get(one.get_absolute_url()).status_code == 404
    assert stranger.post(answer, {"answer": "accept"}).status_code == 404
    assert student.client.get(answer).status_code == 405
    for _click in range(2):
        assert student.client.post(answer, {"answer": "accept"}).status_code == 302
    one.refresh_from_db()
    assert one.state == S.ACCEPTED
    student.client.post(answer, {"answer": "withdraw"})
    one.refresh_from_db()
    assert one.state == S.WITHDRAWN
    assert student.client.post(answer, {"answer": "accept"}, follow=True).status_code == 200
    assert student.client.get("/accounts/me/internships/").status_code == 200


def test_a_host_decides_and_sees_contact_only_after_shortlisting(student, host):
    one = ApplicationFactory(position=host.position, student=student.row)
    page = f"/accounts/me/host/applicants/{one.pk}/"
    before = host.client.get(page).content.decode()
    assert student.row.name in before
    assert student.user.email not in before
    assert host.client.post(f"{page}contact/", {"reason": "约面试"}).status_code == 404
    refused = host.client.post(f"{page}decide/", {"decision": "refused", "reason": "", "seen": "submitted"})
    assert "#id_reason" in refused.content.decode()
    host.client.post(f"{page}decide/", {"decision": "shortlisted", "seen": "submitted"})
    late = host.client.post(f"{page}decide/", {"decision": "offered", "seen": "submitted"}).content.decode()
    assert "error-summary" in late
    assert student.user.email not in host.client.get(page).content.decode()
    shown = host.client.post(f"{page}contact/", {"reason": "约面试"})
    assert student.user.email in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    entry = AuditEntry.objects.get(verb=Verb.REVEALED)
    assert (entry.actor, entry.reason) == (host.user, "约面试")
    assert student.user.email not in str(entry.details)


def test_a_host_decides_on_many(student, host):
    rows = [ApplicationFactory(position=host.position) for _number in range(2)]
    alien = ApplicationFactory()
    chosen = [row.pk for row in (*rows, alien)]
    answer = host.client.post(
        "/accounts/me/host/applicants/decide/", {"chosen": chosen, "decision": "offered"}, follow=True
    )
    states = sorted(Application.objects.filter(pk__in=chosen).values_list("state", flat=True))
    assert states == [S.OFFERED, S.SUBMITTED, S.SUBMITTED]
    assert rows[1].student.name in answer.content.decode()


def test_who_sees_what(student, host, liaison):
    own = ApplicationFactory(position=host.position, student=student.row)
    draft = ApplicationFactory(position=PositionFactory(host=host.organisation), draft=True)
    alien = ApplicationFactory()
    page = "/accounts/me/host/applicants/{}/"
    assert [host.client.get(page.format(row.pk)).status_code for row in (own, draft, alien)] == [200, 404, 404]
    for other in (student.client, liaison.client):
        assert other.get(page.format(own.pk)).status_code == 404
        assert other.get("/accounts/me/host/applicants/").status_code == 404
    for other in (student.client, host.client):
        assert other.get("/accounts/me/university/nominations/").status_code == 404
    listed = host.client.get("/accounts/me/host/applicants/").content.decode()
    assert (own.student.name in listed, alien.student.name in listed) == (True, False)
    for address in ("", "papers/", f"apply/{host.position.pk}/", f"applications/{own.pk}/"):
        assert Client().get(f"/accounts/me/internships/{address}").status_code == 302


def test_a_list_of_applicants_costs_the_same_for_one_and_for_three(host, django_assert_num_queries):
    ApplicationFactory(position=host.position)
    host.client.get("/accounts/me/host/applicants/")
    with CountedQueries() as one:
        host.client.get("/accounts/me/host/applicants/")
    for _number in range(2):
        ApplicationFactory(position=host.position)
    with CountedQueries() as three:
        host.client.get("/accounts/me/host/applicants/")
    assert len(one) == len(three)


def test_the_link_of_a_nomination_tells_a_stranger_nothing(student, host):
    row = NominationFactory(position=host.position, name="王示例")
    url = f"/internships/nominations/{nomination_token(row)}/"
    stranger = Client()
    page = stranger.get(url).content.decode()
    assert "王示例" not in page
    assert row.email not in page
    assert stranger.get("/internships/nominations/forged/").status_code == 410
    assert stranger.post(url, {"answer": "confirm"})["Location"].startswith("/accounts/login/")
    Student.objects.filter(pk=student.row.pk).update(name=row.name, university=row.university)
    assert student.client.post(url, {"answer": "confirm"})["Location"] == apply_url(host.position)
    assert student.client.post(url, {"answer": "decline"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.application.state) == ("confirmed", S.DRAFT)


def test_a_nomination_sent_to_a_verified_address_waits_after_sign_in(student, host):
    row = NominationFactory(position=host.position, email=student.user.email)
    alien = NominationFactory(position=host.position)
    home = student.client.get("/accounts/me/internships/")
    assert [one.pk for one in home.context["nominations"]] == [row.pk]
    answer = "/accounts/me/internships/nominations/{}/answer/"
    assert student.client.post(answer.format(alien.pk), {"answer": "decline"}).status_code == 404
    student.client.post(answer.format(row.pk), {"answer": "decline"})
    row.refresh_from_db()
    assert row.state == "declined"


def test_a_university_nominates_one_and_takes_it_back(liaison, host):
    page = "/accounts/me/university/nominations/"
    values = {"position": host.position.pk, "name": "测试提名", "email": "wang@example.invalid"}
    assert liaison.client.post(f"{page}add/", values | {"email": ""}).status_code == 200
    assert liaison.client.post(f"{page}add/", values)["Location"] == page
    twice = liaison.client.post(f"{page}add/", values)
    assert "error-summary" in twice.content.decode()
    row = Nomination.objects.get()
    assert (row.university, row.nominated_by) == (liaison.organisation, liaison.user)
    alien = NominationFactory()
    assert liaison.client.post(f"{page}{alien.pk}/withdraw/").status_code == 404
    liaison.client.post(f"{page}{row.pk}/withdraw/")
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert "测试提名" in liaison.client.get(page).content.decode()


class CountedQueries:
    """The statements of a block."""

    def __enter__(self):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self.context = CaptureQueriesContext(connection)
        return self.context.__enter__()

    def __exit__(self, *error):
        return self.context.__exit__(*error)


def test_a_draft_keeps_itself_while_one_writes(student, host):
    url, values = apply_url(host.position), {"letter": "写到一半", "action": "save", "revision": 0}
    said = student.client.post(url, values, headers={"X-Autosave": "1"}).json()
    assert said["words"]
    assert said["revision"] == Application.objects.get().revision
    stale = student.client.post(url, values | {"letter": "另一个窗口"}, headers={"X-Autosave": "1"}).json()
    assert "revision" not in stale
    assert Application.objects.get().letter == "写到一半"
