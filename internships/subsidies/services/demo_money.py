"""A few fictitious claims played through every step to paid, by the verbs and by different hands.

Days lie around today; what a rule holds stays where it is. Run twice, it plays nothing again.
"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from internships.services.demo_cast import Cast
from internships.subsidies.enums import ClaimState, Duty, RecheckVerdict
from internships.subsidies.models import BudgetLine, Claim, PaymentBatch
from internships.subsidies.services.account import set_account
from internships.subsidies.services.batch import draft_batch, release_batch, seal_batch
from internships.subsidies.services.budget import allot, open_budget_line
from internships.subsidies.services.claim import submit
from internships.subsidies.services.moves import CLAIMS, do_duty
from internships.subsidies.services.notice import draft_notice, end_notice, publish_notice
from internships.subsidies.services.preparing import prepare_claims
from internships.subsidies.services.recheck import recheck
from internships.subsidies.services.result import read_result
from internships.subsidies.services.review import check_enrolment, first_review, second_review
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.services.roles import give_role
from wenxi_portal.core.errors import DomainError

MOST, CODE, ALLOTTED = 14, "YS-0001", Decimal(60_000)
# So many of them are left at each stage; all others are paid, but for one that the bank returns.
LEFT_SUBMITTED, LEFT_REVIEWED, LEFT_ON_NOTICE = 2, 2, 2
NOTICE = ("演示公示", "根据示例补贴办法，现将拟发放名单予以公示。（示例）", "演示受理单位")
BANK, WORDS = "演示银行", "演示意见"


def make_demo_money(*, cast: Cast, interns: int = MOST) -> int:
    """Play up to ``interns`` claims, and return how many were played."""
    year = timezone.localdate().year
    if BudgetLine.objects.filter(year=year, code=CODE).exists():
        return 0
    prepare_claims()
    # The earliest stays first: those of the host's own figure may confirm for themselves.
    found = Claim.objects.filter(is_demo=True, state=ClaimState.DRAFT, amount__gt=0).order_by("ends_on", "pk")
    hands = _Hands(cast)
    chosen = found.select_related("student__user", "lead_unit")[:interns]
    claims = [claim for claim in chosen if _tried(partial(hands.hand_in, claim))]
    confirmed = [claim for claim in claims[LEFT_SUBMITTED:] if _tried(partial(hands.confirm, claim))]
    passed = [claim for claim in confirmed[LEFT_REVIEWED:] if _tried(partial(hands.review, claim))]
    line = open_budget_line(year=year, code=CODE, name="演示预算项目", actor=hands.finance, is_demo=True)
    allot(budget_line=line, amount=ALLOTTED, document=f"演示财预〔{year}〕1号", actor=hands.finance)
    _tried(partial(hands.pay, passed, line))
    return len(claims)


class _Hands:
    """Everybody who does a duty: nobody has two on one claim."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.first = _officer("演示初审员", "first", Role.ORGANIZATION_DEPARTMENT)
        self.second = _officer("演示复审员", "second", Role.ORGANIZATION_DEPARTMENT)
        self.drafter = _officer("演示经办员", "drafter", Role.ORGANIZATION_DEPARTMENT)
        self.finance = _officer("演示财政员", "finance", Role.FINANCE)

    def hand_in(self, claim: Claim) -> None:
        """Let the student name an account and hand the claim in."""
        student = claim.student
        if not student.bank_accounts.in_use().exists():
            set_account(student=student, holder=student.name, card=_card(student.pk), bank=BANK, actor=student.user)
        submit(claim=claim, actor=student.user, declared=True)

    def confirm(self, claim: Claim) -> None:
        """Let the host's figure confirm: it acts for every host of the demonstration."""
        present = CLAIMS.locked(claim, ClaimState.HOST_CONFIRMED)
        do_duty(claim=present, duty=Duty.HOST_CONFIRM, actor=self.cast.host, opinion=WORDS)
        CLAIMS.write(present, ClaimState.HOST_CONFIRMED, actor=self.cast.host, reason=WORDS, fields=())

    def review(self, claim: Claim) -> None:
        """Check the enrolment, review twice, and look again where the draw says so."""
        for verb, actor in ((check_enrolment, self.first), (first_review, self.first), (second_review, self.second)):
            verb(claim=Claim.objects.get(pk=claim.pk), actor=actor, opinion=WORDS)
        if claim.rechecks.filter(verdict="").exists():
            recheck(claim=claim, actor=self.drafter, verdict=RecheckVerdict.AGREES, opinion=WORDS)

    def pay(self, claims: list[Claim], line: BudgetLine) -> None:
        """Publish them, clear those whose notice is over, pay all but a few, and let the bank return one."""
        waiting, over = claims[:LEFT_ON_NOTICE], claims[LEFT_ON_NOTICE:]
        today = timezone.localdate()
        for chosen, day in ((waiting, today), (over, today - timedelta(days=30))):
            ready = list(Claim.objects.filter(pk__in=[one.pk for one in chosen], state=ClaimState.SECOND_REVIEWED))
            if ready:
                title, introduction, contact = NOTICE
                notice = draft_notice(
                    title=title, claims=ready, actor=self.drafter, introduction=introduction, contact=contact
                )
                publish_notice(notice=notice, actor=self.drafter, today=day)
                end_notice(notice=notice)
        batch, _left_out = draft_batch(title="演示批次", budget_line=line, actor=self.drafter)
        batch = release_batch(batch=seal_batch(batch=batch, actor=self.drafter), actor=self.finance)
        read_result(batch=batch, upload=_result(batch), actor=self.finance)


def _result(batch: PaymentBatch) -> SimpleUploadedFile:
    today = timezone.localdate().isoformat()
    rows = ["流水号,金额,结果,日期,失败原因"]
    for line in batch.lines.order_by("order"):
        told = "失败,,演示退票：账号户名不符" if line.order == 2 else f"成功,{today},"
        rows.append(f"{line.reference},{line.amount},{told}")
    return SimpleUploadedFile("演示回盘.csv", "\n".join(rows).encode("gb18030"))


def _officer(name: str, key: str, role: Role) -> User:
    email = f"demo-money-{key}@example.invalid"
    known = User.objects.filter(email=email).first()
    if known is not None:
        return known
    user = User.objects.create_user(email=email, name=name, is_demo=True)
    give_role(user=user, role=role)
    return user


def _card(number: int) -> str:
    """Return a card number of a bank that does not exist, with a right check digit."""
    body = f"6299{number:014d}"
    sums = sum(sum(divmod(int(digit) * (2 if place % 2 == 0 else 1), 10)) for place, digit in enumerate(body[::-1]))
    return body + str(-sums % 10)


def _tried(deed: Callable[[], None]) -> bool:
    """Do it in a transaction of its own; what a rule holds stays as it was, and is not played further."""
    try:
        with transaction.atomic():
            deed()
    except DomainError:
        return False
    return True
