"""The only writer of memberships."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenxi_portal.accounts.belongings import belongings_of
from wenxi_portal.accounts.models import User
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.organisations.models import Membership, Organisation


@transaction.atomic
def join(*, user: User, organisation: Organisation, title: str = "", is_head: bool = False) -> Membership:
    """Let ``user`` act for ``organisation`` from today on; who already does stays as they are.

    Raises ``ValidationError`` for broken values.
    """
    lock(user)
    present = user.memberships.current().filter(organisation=organisation).first()
    if present:
        return present
    return save_membership(membership=Membership(user=user, organisation=organisation, title=title, is_head=is_head))


@transaction.atomic
def save_membership(*, membership: Membership) -> Membership:
    """Check and write a membership, new or changed.

    Raises ``DomainError`` when it ends while something of the unit is open in the person's name: that is handed over
    first. A last day still to come is looked at by the nightly sweep when it has come. Raises ``ValidationError`` for
    broken values.
    """
    # Whoever puts something in the person's name holds the account until it is written.
    lock(membership.user)
    if _ends_now(membership) and belongings_of(membership.user, organisation_id=membership.organisation_id):
        raise DomainError(_("Something was put in this person's name at this very moment. Hand it over first."))
    membership.full_clean()
    membership.save()
    return membership


def _ends_now(membership: Membership) -> bool:
    today = timezone.localdate()
    if membership.pk is None or membership.until is None or membership.until > today:
        return False
    kept = Membership.objects.filter(pk=membership.pk).values_list("until", flat=True).first()
    return kept != membership.until
