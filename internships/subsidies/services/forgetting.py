"""How accounts, names on past notices and objectors are forgotten, when no duty keeps them any more."""

from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast, Coalesce, Concat, Now
from django.utils.translation import gettext as _

from internships.querysets import ERASED
from internships.subsidies.models import BankAccount, NoticeLine, NoticeObjection
from wenxi_portal.core.append_only import erasing

# The same in every language: it is asked for when looking what is left to erase.
NO_NAME = "—"


@transaction.atomic
def forget_accounts(accounts: Iterable[int]) -> int:
    """Erase holder and card; the row stays for the claims that name it, and is in use no more."""
    rows = BankAccount.objects.filter(pk__in=list(accounts))
    with erasing():
        return rows.update(
            holder=_("(erased)"),
            card="",
            bank=_("(erased)"),
            branch="",
            card_index=Concat(Value(ERASED), Cast(F("pk"), models.CharField())),
            ended_at=Coalesce("ended_at", Now()),
        )


@transaction.atomic
def forget_names(lines: Iterable[int]) -> int:
    """Take the names out of lines of past notices; scheme, months and amount stay."""
    with erasing():
        return NoticeLine.objects.filter(pk__in=list(lines)).update(name=NO_NAME)


def forget_objectors(objections: Iterable[int]) -> int:
    """Erase who objected and how to reach them; the objection and its answer stay."""
    return NoticeObjection.objects.filter(pk__in=list(objections)).update(name="", contact="")
