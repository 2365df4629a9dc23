"""Bank accounts: own name, check digit, bank from the prefix, and what a change does to claims under way."""

import pytest

from internships.subsidies.bank_cards import bank_names, suggested_bank
from internships.subsidies.enums import ClaimState, FlagKind
from internships.subsidies.forms.account import AccountForm
from internships.subsidies.models import BankAccount, ClaimFlag
from internships.subsidies.services.account import correct_after_return, set_account
from internships.subsidies.services.reveal import reveal_card
from tests.factories.accounts import staff
from tests.factories.internships import StudentFactory
from tests.factories.stays import member
from tests.factories.subsidies import NoticeLineFactory, card_number, claim_in
from tests.subsidies.claims_world import account
from wenxi_portal.accounts.enums import Role
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.core.errors import DomainError
from wenxi_portal.notifications.models import Message

pytestmark = pytest.mark.django_db
C = ClaimState
ODD = card_number(7)[:-1] + str((int(card_number(7)[-1]) + 1) % 10)


@pytest.fixture
def student():
    return StudentFactory(name="阿依·买买提")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"holder": "示例企业"}, "holder"),
        ({"card": "6222"}, "card"),
        ({"card": "6" * 20}, "card"),
        ({"card": ODD}, "check_digit"),
        ({"bank": ""}, "bank"),
    ],
)
def test_what_is_refused(student, values, code):
    known = {"holder": student.name, "card": card_number(7), "bank": "示例银行", **values}
    with pytest.raises(DomainError) as refusal:
        set_account(student=student, actor=student.user, **known)
    assert refusal.value.code == code
    assert known["card"] not in refusal.value.message
    assert not BankAccount.objects.exists()


def test_a_name_is_the_same_however_its_dot_is_written_and_an_odd_number_can_be_confirmed(student):
    made = set_account(
        student=student, holder=" 阿依•买买提 ", card=f"{ODD[:4]} {ODD[4:]}", bank="示例银行", actor=student.user,
        is_odd_right=True,
    )  # fmt: skip
    assert (made.holder, made.card) == ("阿依·买买提", ODD)
    again = set_account(student=student, holder=student.name, card=ODD, bank="示例银行", actor=student.user, is_odd_right=True)
    assert again == made
    entries = " ".join(str(entry.__dict__) for entry in AuditEntry.objects.all())
    assert ODD not in entries


def test_the_bank_is_told_by_the_card():
    assert suggested_bank("6222021234567890123") == "中国工商银行"
    assert suggested_bank("9559912345678901234") == "中国农业银行"
    assert suggested_bank("6299000000000000001") == ""
    assert len(bank_names()) == 15


@pytest.mark.parametrize("state", ClaimState.values)
def test_a_new_account_goes_to_every_claim_that_is_not_in_a_batch(state):
    claim = claim_in(state)
    old = claim.account
    officer = member(claim.lead_unit, Role.LEAD_UNIT_OFFICER)
    new = account(claim, 900)
    claim.refresh_from_db()
    voided = state in (C.FIRST_REVIEWED, C.SECOND_REVIEWED, C.GROUP_DECIDED, C.ON_NOTICE, C.OBJECTED, C.CLEARED)
    moved = {C.RETURNED: C.CORRECTED}.get(state, C.ENROLLED if voided else state)
    kept = state in (C.DRAFT, C.BATCHED, C.PAID, C.ARCHIVED, C.RECOVERED, C.REFUSED, C.WITHDRAWN)
    assert (claim.state, claim.round) == (moved, 2 if voided else 1)
    assert claim.account == (old if kept else new)
    told = Message.objects.filter(channel="inbox")
    assert told.filter(recipient=claim.student.user, kind="claim_news").exists() == voided
    assert told.filter(recipient=officer, kind="claim_voided").exists() == voided


def test_a_line_leaves_the_notice_when_its_account_changes():
    claim = claim_in(C.ON_NOTICE)
    line = NoticeLineFactory(claim=claim)
    account(claim, 901)
    line.refresh_from_db()
    assert line.removed_on
    assert line.removed_reason


def test_the_card_of_another_person_holds_both_claims_until_the_account_changes():
    first, second = claim_in(C.SUBMITTED), claim_in(C.SUBMITTED)
    account(first, 902)
    account(second, 902)
    held = ClaimFlag.objects.filter(kind=FlagKind.SAME_CARD, cleared_at=None)
    assert {flag.claim for flag in held} == {first, second}
    assert held.get(claim=second).detail == first.student.name[0] + "*" * (len(first.student.name) - 1)
    account(second, 903)
    assert not held.all().exists()


def test_a_returned_payment_needs_another_account_or_a_word():
    claim = claim_in(C.RETURNED)
    student = claim.student.user
    with pytest.raises(DomainError, match="."):
        correct_after_return(claim=claim, actor=student)
    done = correct_after_return(claim=claim, actor=student, is_unchanged_right=True)
    assert done.state == C.CORRECTED
    assert correct_after_return(claim=done, actor=student).revision == done.revision


def test_a_number_is_shown_with_a_reason_and_a_trace():
    claim = claim_in(C.SUBMITTED)
    with pytest.raises(DomainError):
        reveal_card(account=claim.account, reason=" ", actor=staff())
    assert reveal_card(account=claim.account, reason="核对退票", actor=staff()) == claim.account.card
    assert AuditEntry.objects.filter(verb="revealed").count() == 1


def test_the_form_never_gives_a_number_back_and_remembers_it_sealed(student):
    posted = {"holder": student.name, "card": ODD, "card_again": ODD, "bank": "示例银行", "kept_card": ""}
    form = AccountForm(posted, student=student)
    assert not form.is_valid()
    html = form.as_p()
    assert ODD not in html
    assert "is_odd_right" in html
    kept = form.data["kept_card"]
    again = AccountForm({**posted, "card": "", "card_again": "", "kept_card": kept, "is_odd_right": "on"}, student=student)
    assert again.is_valid(), again.errors
    assert again.account["card"] == ODD
    other = AccountForm({**posted, "card": "", "card_again": "", "kept_card": kept}, student=StudentFactory())
    assert not other.is_valid()
    differs = AccountForm({**posted, "card_again": card_number(8)}, student=student)
    assert "card_again" in differs.errors
