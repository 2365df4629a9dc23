"""Students are forgotten with what they handed in, unless money or a running case keeps them."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from internships.enums import ApplicationState
from internships.models import Application, Nomination, Student, StudentPaper
from internships.services.forgetting import forget_papers
from internships.services.student import make_profile
from internships.services.student_papers import keep_student_paper
from internships.subsidies.enums import ClaimState
from internships.subsidies.models import BankAccount, ClaimPaper
from tests.factories.internships import ApplicationFactory, NominationFactory, StudentFactory
from tests.factories.payments import paid_claim
from tests.factories.stays import pdf
from tests.factories.subsidies import claim_in
from tests.factories.talent import document
from wenxi_portal.audit.selectors import forecast
from wenxi_portal.audit.services.retention import apply_retention
from wenxi_portal.core.retention import kinds

pytestmark = pytest.mark.django_db

YEARS_AGO = timezone.now() - timedelta(days=5 * 366)


def paper(student, mark="one"):
    return keep_student_paper(student=student, kind="resume", upload=pdf(mark=mark), actor=None)


def silent(student):
    """Let nothing of ``student`` have moved for years."""
    Application.objects.filter(student=student).update(updated_at=YEARS_AGO, in_state_since=YEARS_AGO)
    student.placements.update(starts_on=YEARS_AGO.date(), ends_on=YEARS_AGO.date() + timedelta(days=20))
    Student.objects.filter(pk=student.pk).update(updated_at=YEARS_AGO)
    return student


def clear(name):
    return apply_retention(kinds()[name], reason="示例")


def held(name):
    row = next(row for row in forecast() if row.kind.name == name)
    return row.due, [str(words) for words, _count in row.held]


def test_a_forgotten_student_leaves_a_row_without_a_name_and_may_come_back(django_capture_on_commit_callbacks):
    student = StudentFactory(name="测试李某", skills="示例技能")
    application = ApplicationFactory(student=student, state=ApplicationState.REFUSED)
    nomination = NominationFactory(application=application, state="confirmed", mobile="13812345678")
    kept = paper(student)
    application.papers.add(kept)
    silent(student)
    with django_capture_on_commit_callbacks(execute=True):
        assert clear("students") == 1
    assert not kept.file.storage.exists(kept.file.name)
    assert not StudentPaper.objects.filter(student=student).exists()
    for row in (student, application, nomination):
        row.refresh_from_db()
    assert student.is_erased
    assert (student.id_number, student.emergency_mobile, student.skills) == ("", "", "")
    assert "测试李某" not in (student.name, nomination.name)
    assert (application.letter, nomination.mobile, nomination.email) == ("", "", "")
    for model, row in ((Student, student), (Application, application), (Nomination, nomination)):
        assert not model._meta.get_field("events").related_model.objects.filter(pgh_obj_id=row.pk).exists()
    assert clear("students") == 0
    values = {"name": "测试李某", "university": student.university, "level": "master", "major": "示例", "skills": "",
              "emergency_name": "测试家长", "emergency_relation": "父亲", "emergency_mobile": "13900000000"}  # fmt: skip
    again = make_profile(user=student.user, document=document(), values=values, consent_text="示例", actor=None)
    assert (again.pk, again.is_erased, again.name) == (student.pk, False, "测试李某")


def test_money_and_what_is_under_way_keep_a_student_with_the_reason():
    running, paid = claim_in(ClaimState.ENROLLED), paid_claim(YEARS_AGO)
    long_ago = paid_claim(timezone.now() - timedelta(days=12000))
    applying = ApplicationFactory()
    for student in (running.student, paid.student, long_ago.student, applying.student):
        silent(student)
    due, words = held("students")
    assert (due, len(words)) == (1, 3)
    clear("students")
    assert list(Student.objects.exclude(pk__in=Student.objects.with_profile())) == [long_ago.student]
    assert (clear("bank_accounts"), clear("bank_accounts_unpaid")) == (1, 0)
    erased = BankAccount.objects.get(student=long_ago.student)
    assert (erased.card, erased.holder == long_ago.student.name) == ("", False)


def test_money_is_kept_ten_years_whatever_is_set(settings):
    settings.RETENTION_DAYS = {**settings.RETENTION_DAYS, "bank_accounts": 30}
    paid_claim(timezone.now() - timedelta(days=3600))
    assert held("bank_accounts")[0] == 0
    paid_claim(timezone.now() - timedelta(days=3700))
    assert held("bank_accounts")[0] == 1


def test_a_replaced_paper_goes_and_one_that_proves_a_claim_stays():
    claim = claim_in(ClaimState.PAID)
    first, second = paper(claim.student), paper(claim.student, "two")
    proof = keep_student_paper(student=claim.student, kind="contract", upload=pdf(mark="three"), actor=None)
    ClaimPaper.objects.create(claim=claim, paper=proof)
    with pytest.raises(DatabaseError), transaction.atomic():
        StudentPaper.objects.filter(pk=first.pk).delete()
    last_year = timezone.now() + timedelta(days=400)
    assert apply_retention(kinds()["student_papers"], reason="示例", now=last_year) == 1
    assert set(StudentPaper.objects.filter(student=claim.student)) == {second, proof}
    assert list(StudentPaper.objects.filter(student=claim.student, kind="resume").current()) == [second]
    assert forget_papers([]) == 0
