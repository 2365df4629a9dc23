"""A student sees, copies and erases the own data of every room; what a duty keeps stays, with the reason."""

import json
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from internships.enums import ApplicationState
from internships.models import ProfileDraft, WeeklyNote
from internships.services.student import keep_draft
from internships.subsidies.enums import ClaimState
from internships.subsidies.models import BankAccount
from tests.factories.accounts import UserFactory
from tests.factories.internships import ApplicationFactory, StudentFactory
from tests.factories.payments import paid_claim
from tests.factories.subsidies import BankAccountFactory, claim_in
from wenxi_portal.audit.models import AuditEntry

pytestmark = pytest.mark.django_db

COPIES = ("copy_json", "copy_xlsx")


def copies(client):
    """Return both copies as text."""
    answers = [client.post(reverse(f"own_data:{name}")) for name in COPIES]
    cells = CalamineWorkbook.from_filelike(BytesIO(answers[1].content)).get_sheet_by_index(0).to_python()
    return [json.dumps(json.loads(answers[0].content), ensure_ascii=False), str(cells)]


def test_a_student_gets_a_copy_of_profile_applications_stays_and_claims(client):
    claim = claim_in(ClaimState.PAID)
    student, other = claim.student, ApplicationFactory(letter="别人的申请理由")
    application = ApplicationFactory(student=student, letter="示例求职信", state=ApplicationState.REFUSED)
    WeeklyNote.objects.create(placement=claim.placement, week="2026-06-01", text="示例周记")
    client.force_login(student.user)
    page = client.get(reverse("own_data:show")).content.decode()
    told = (student.name, application.position.title, claim.number, "示例求职信", "示例周记", str(student.masked_id))
    for text in (page, *copies(client)):
        assert [word for word in told if word not in text] == []
        secrets = (student.id_number, claim.account.card, student.emergency_mobile, other.letter)
        assert [word for word in secrets if word in text] == []
    taken = AuditEntry.objects.filter(verb="exported", actor=student.user)
    assert {entry.details["form"] for entry in taken} == {"json", "xlsx"}


def test_what_was_begun_and_never_sent_is_copied_masked_and_erased(client):
    user = UserFactory()
    client.force_login(user)
    assert reverse("talent:register") in client.get(reverse("own_data:show")).content.decode()
    keep_draft(user=user, step="who", answers={"name": "测试某", "id_number": "140823199903050013"})
    for text in copies(client):
        assert "测试某" in text
        assert "140823199903050013" not in text
    client.post(reverse("own_data:withdraw"), {"sure": "on"})
    assert not ProfileDraft.objects.exists()


def test_a_student_without_money_is_erased_at_the_own_wish(client):
    student = StudentFactory()
    ApplicationFactory(student=student, state=ApplicationState.REFUSED)
    account = BankAccountFactory(student=student)
    client.force_login(student.user)
    client.post(reverse("own_data:withdraw"), {})
    student.refresh_from_db()
    assert not student.is_erased
    for _twice in range(2):
        client.post(reverse("own_data:withdraw"), {"sure": "on"})
    for row in (student, account):
        row.refresh_from_db()
    assert (student.is_erased, account.card, account.ended_at is not None) == (True, "", True)
    erased = AuditEntry.objects.get(verb="erased")
    assert (erased.details["whole"], erased.subject == student.name) == (True, True)
    assert reverse("talent:register") in client.get(reverse("own_data:show")).content.decode()
    for name in ("home", "profile"):
        assert client.get(reverse(f"my_internships:{name}"), follow=True).status_code == 200


def test_paid_money_keeps_the_profile_and_says_so_while_the_rest_goes(client):
    claim = paid_claim(timezone.now())
    student = claim.student
    unused = BankAccountFactory(student=student, ended_at=timezone.now())
    refused = ApplicationFactory(student=student, state=ApplicationState.REFUSED)
    client.force_login(student.user)
    page = client.get(reverse("own_data:withdraw")).content.decode()
    assert "会计档案" in page
    assert str(claim.account) in page
    answer = client.post(reverse("own_data:withdraw"), {"sure": "on"}, follow=True).content.decode()
    assert "依规定保留" in answer
    for row in (student, refused, unused):
        row.refresh_from_db()
    assert (student.is_erased, refused.letter, unused.card) == (False, "", "")
    assert BankAccount.objects.get(pk=claim.account_id).card == claim.account.card
