"""Everybody who does a duty for the fictitious claims: nobody has two on one claim."""

from collections.abc import Iterable
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from internships.enums import Grade, StudentPaperKind
from internships.models import Appraisal
from internships.services.demo_cast import Cast
from internships.services.evaluation import appraise
from internships.services.student_papers import keep_student_paper
from internships.subsidies.enums import ClaimState, Duty, RecheckVerdict
from internships.subsidies.models import BudgetLine, Claim, Milestone, NoticeLine, PaymentBatch, Recheck
from internships.subsidies.selectors.papers import usable_proofs
from internships.subsidies.services.account import set_account
from internships.subsidies.services.batch import draft_batch, release_batch, remove_claims, seal_batch
from internships.subsidies.services.bonus import confirm_and_prepare
from internships.subsidies.services.claim import submit
from internships.subsidies.services.moves import CLAIMS, do_duty
from internships.subsidies.services.notice import draft_notice, end_notice, publish_notice
from internships.subsidies.services.objection import raise_objection
from internships.subsidies.services.recheck import recheck
from internships.subsidies.services.result import read_result
from internships.subsidies.services.review import check_enrolment, first_review, second_review
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.services.roles import give_role

NOTICE = ("演示公示", "根据示例补贴办法，现将拟发放名单予以公示。（示例）", "演示受理单位")
BANK, WORDS, OBJECTION = "演示银行", "演示意见", "此人部分日期似不在岗，请核实。（演示异议）"
# A paper of which nothing can be read.
PAPER = b"%%PDF-1.4\n%% demo %d\n%%%%EOF\n"
VERDICT = {"grade": Grade.GOOD, "diligence": 4, "skill": 4, "teamwork": 5, "text": "演示内容"}


class Hands:
    """The people of the demonstration's money and what each of them does."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.first = _officer("演示初审员", "first", Role.ORGANIZATION_DEPARTMENT)
        self.second = cast.reviewer
        self.drafter = _officer("演示经办员", "drafter", Role.ORGANIZATION_DEPARTMENT)
        self.finance = cast.finance

    def appraise(self, claim: Claim) -> None:
        """Let the host appraise where it has not: the policy asks for it."""
        if not Appraisal.objects.filter(placement=claim.placement, given_at__isnull=False).exists():
            appraise(placement=claim.placement, actor=self.cast.host, values=VERDICT, give=True)

    def prove(self, milestone: Milestone, *, confirms: bool) -> Claim | None:
        """Let the student put the contract with the papers; ``confirms``: an officer has looked at it already."""
        student = milestone.placement.student
        upload = SimpleUploadedFile("演示劳动合同.pdf", PAPER % milestone.pk, content_type="application/pdf")
        proof = keep_student_paper(student=student, kind=StudentPaperKind.CONTRACT, upload=upload, actor=student.user)
        if not confirms:
            return None
        confirm_and_prepare(milestone=milestone, actor=self.first, proof=proof, reached_on=milestone.due_on)
        return Claim.objects.filter(milestone=milestone).select_related("student__user", "lead_unit").first()

    def hand_in(self, claim: Claim) -> None:
        """Let the student name an account and hand the claim in."""
        student = claim.student
        if not student.bank_accounts.in_use().exists():
            set_account(student=student, holder=student.name, card=_card(student.pk), bank=BANK, actor=student.user)
        submit(claim=_present(claim), actor=student.user, declared=True, proofs=usable_proofs(claim))

    def confirm(self, claim: Claim) -> None:
        """Let the host's figure confirm: it acts for every host of the demonstration."""
        present = CLAIMS.locked(claim, ClaimState.HOST_CONFIRMED)
        do_duty(claim=present, duty=Duty.HOST_CONFIRM, actor=self.cast.host, opinion=WORDS)
        CLAIMS.write(present, ClaimState.HOST_CONFIRMED, actor=self.cast.host, reason=WORDS, fields=())

    def enrol(self, claim: Claim) -> None:
        """Check the enrolment."""
        check_enrolment(claim=_present(claim), actor=self.first, opinion=WORDS)

    def review(self, claim: Claim) -> None:
        """Pass the first review."""
        first_review(claim=_present(claim), actor=self.first, opinion=WORDS)

    def review_again(self, claim: Claim) -> None:
        """Pass the second review."""
        second_review(claim=_present(claim), actor=self.second, opinion=WORDS)

    def look_again(self, claim: Claim, *, waits: bool) -> None:
        """Look again at what the draw has named; ``waits`` names the claim and leaves it to somebody else."""
        if waits:
            Recheck.objects.get_or_create(claim=claim, round=_present(claim).round)
        elif claim.rechecks.filter(verdict="").exists():
            recheck(claim=claim, actor=self.drafter, verdict=RecheckVerdict.AGREES, opinion=WORDS)

    def publish(self, claims: Iterable[Claim], day: date, about: str = "") -> None:
        """Publish claims on ``day``, and clear them when their notice is over by now."""
        keys = [claim.pk for claim in claims]
        ready = list(Claim.objects.filter(pk__in=keys, state=ClaimState.SECOND_REVIEWED))
        if ready:
            title, introduction, contact = NOTICE
            notice = draft_notice(
                title=title + about, claims=ready, actor=self.drafter, introduction=introduction, contact=contact
            )
            publish_notice(notice=notice, actor=self.drafter, today=day)
            end_notice(notice=notice)

    def object_to(self, claim: Claim) -> None:
        """Let a visitor object to the line of a claim."""
        raise_objection(line=NoticeLine.objects.get(claim=claim), text=OBJECTION)

    def seal(self, claims: Iterable[Claim], line: BudgetLine, about: str = "") -> PaymentBatch:
        """Put these claims, and no others, into a batch and seal it."""
        batch, _left_out = draft_batch(title=f"演示批次{about}", budget_line=line, actor=self.drafter)
        others = Claim.objects.filter(payment_lines__batch=batch).exclude(pk__in=[claim.pk for claim in claims])
        remove_claims(batch=batch, claims=others, actor=self.drafter)
        return seal_batch(batch=batch, actor=self.drafter)

    def release(self, batch: PaymentBatch) -> PaymentBatch:
        """Release a batch to the bank."""
        return release_batch(batch=batch, actor=self.finance)

    def read_result(self, batch: PaymentBatch, *, returned: Iterable[Claim]) -> None:
        """Read what the bank reports: paid, but for what it returned."""
        today, back = timezone.localdate().isoformat(), {claim.pk for claim in returned}
        rows = ["流水号,金额,结果,日期,失败原因"]
        for line in batch.lines.order_by("order"):
            told = "失败,,演示退票：账号户名不符" if line.claim_id in back else f"成功,{today},"
            rows.append(f"{line.reference},{line.amount},{told}")
        upload = SimpleUploadedFile("演示回盘.csv", "\n".join(rows).encode("gb18030"))
        read_result(batch=batch, upload=upload, actor=self.finance)


def _present(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


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
