"""Where a student is paid. A new account is a new row; what was approved for the old one has to be looked at again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.models import Student
from internships.subsidies.bank_cards import card_digits, fits_check_digit, is_card, suggested_bank
from internships.subsidies.enums import ClaimState
from internships.subsidies.models import BankAccount, Claim
from internships.subsidies.notifications.claims import ACCOUNT_CHANGED
from internships.subsidies.querysets import card_index
from internships.subsidies.services.findings import look_at
from internships.subsidies.services.moves import CLAIMS, lock_claims, void_reviews
from internships.subsidies.services.telling import tell_officers
from talent.services.person import clean_name
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.notifications.services.outbox import tell

C = ClaimState
# Reviewed for the old account: the reviews are made again. Before that the new account simply takes its place.
REVIEWED = (C.FIRST_REVIEWED, C.SECOND_REVIEWED, C.GROUP_DECIDED, C.ON_NOTICE, C.OBJECTED, C.CLEARED)
NOT_REVIEWED = (C.DRAFT, C.HANDED_BACK, C.SUBMITTED, C.HOST_CONFIRMED, C.ENROLLED, C.CORRECTED)
# The digits in which an odd number is confirmed: a warning, never a refusal (domain.md §5).
ODD = "check_digit"


def check_own_name(*, student: Student, holder: str) -> None:
    """Raise ``DomainError`` (code ``holder``) when an account in the name of ``holder`` is not the student's own."""
    if clean_name(holder).casefold() != clean_name(student.name).casefold():
        raise DomainError(
            _("The account has to be in your own name, %(name)s. Nobody else's account is paid.")
            % {"name": student.name},
            code="holder",
            field="holder",
        )


@transaction.atomic
def set_account(
    *,
    student: Student,
    holder: str,
    card: str,
    bank: str = "",
    branch: str = "",
    actor: User,
    is_odd_right: bool = False,
) -> BankAccount:
    """Enter the account to which ``student`` is paid; the one before it ends. The same account again changes nothing.

    ``bank`` may be left out where the card's prefix tells it. Raises ``DomainError`` for an account in another name
    (code ``holder``), a number that is none (``card``), one whose check digit does not fit unless ``is_odd_right``
    (``check_digit``), and a bank that nobody names (``bank``). Every claim outside a batch takes the new account; what
    was reviewed for the old one goes back to its review, and a returned payment is corrected by it.
    """
    present = lock(student)
    number = checked_card(card, is_odd_right=is_odd_right)
    check_own_name(student=present, holder=holder)
    named = " ".join(bank.split()) or suggested_bank(number)
    if not named:
        raise DomainError(_("Write which bank it is: its name stands on the card."), code="bank", field="bank")
    before = present.bank_accounts.in_use().first()
    values = {"bank": named[:80], "branch": " ".join(branch.split())[:120]}
    if before and before.card_index == card_index(number) and _same(before, values):
        return before
    if before:
        BankAccount.objects.filter(pk=before.pk).update(ended_at=timezone.now())
    account = BankAccount(student=present, holder=present.name, card=number, entered_by=actor, **values)
    account.full_clean(exclude=["card_index"])
    account.save()
    record(actor=actor, verb=Verb.CHANGED, subject=present, fields=["bank_account"])
    _carry_over(present, account, actor)
    # Whoever shares this card, or shared the one before, is looked at too.
    cards = [account.card_index, *([before.card_index] if before else [])]
    look_at([*present.claims.all(), *Claim.objects.filter(account__card_index__in=cards)])
    if before:
        tell(recipient=present.user, kind=ACCOUNT_CHANGED, about=str(account.pk))
    return account


def checked_card(typed: str, *, is_odd_right: bool = False) -> str:
    """Return the digits of a card number, or raise ``DomainError``; the sentences never repeat the number."""
    number = card_digits(typed)
    if not is_card(number):
        raise DomainError(
            _("A card number has 16 to 19 digits. Count once more, without blanks."), code="card", field="card"
        )
    if not is_odd_right and not fits_check_digit(number):
        raise DomainError(
            _("The last digit does not fit the others: a digit may be mistyped. Compare the number with the card."),
            code=ODD,
            field="card",
        )
    return number


@transaction.atomic
def correct_after_return(*, claim: Claim, actor: User, is_unchanged_right: bool = False) -> Claim:
    """Send a returned payment on its way again, to the account in use. Once corrected, it stays so.

    Raises ``DomainError`` while the account is still the one that the bank returned, unless the student says that it
    is right (``is_unchanged_right``).
    """
    lock(claim.student)
    present = lock(claim)
    if present.state == C.CORRECTED:
        return present
    # A cancelled batch leads there too; the student only from what the bank has returned.
    present = CLAIMS.locked(present, C.CORRECTED, since=(C.RETURNED,))
    account = present.student.bank_accounts.in_use().first()
    if account is None or (account.pk == present.account_id and not is_unchanged_right):
        raise DomainError(
            _("The bank has returned the payment to this account. Enter the right one, or say that it is right."),
            code="same",
            field="card",
        )
    present.account = account
    CLAIMS.write(present, C.CORRECTED, actor=actor, reason=_("Account corrected"), fields=("account",))
    look_at([present])
    return present


def _same(account: BankAccount, values: dict[str, str]) -> bool:
    return all(getattr(account, name) == value for name, value in values.items())


def _carry_over(student: Student, account: BankAccount, actor: User) -> None:
    """Give the new account to every claim that is not in a batch, in the caller's transaction."""
    claims = lock_claims(student.claims.filter(state__in=[*REVIEWED, *NOT_REVIEWED, C.RETURNED]))
    reason = _("The bank account was changed")
    for claim in claims:
        if claim.state == C.RETURNED:
            correct_after_return(claim=claim, actor=actor)
        elif claim.state in REVIEWED:
            voided = void_reviews(
                claim=claim, to_state=C.ENROLLED, reason=reason, actor=actor, fields={"account": account}
            )
            tell_officers(voided, reason=reason)
        elif claim.account_id:
            claim.account, claim.revision = account, claim.revision + 1
            claim.save(update_fields=["account", "revision", "updated_at"])
            record(actor=actor, verb=Verb.CHANGED, subject=claim, reason=reason, fields=["account"])
