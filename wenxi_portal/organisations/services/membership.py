"""The only writer of memberships."""

from django.db import transaction

from wenxi_portal.accounts.models import User
from wenxi_portal.organisations.models import Membership, Organisation


@transaction.atomic
def join(*, user: User, organisation: Organisation, title: str = "", is_head: bool = False) -> Membership:
    """Let ``user`` act for ``organisation`` from today on; who already does stays as they are.

    Raises ``ValidationError`` for broken values.
    """
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    present = user.memberships.current().filter(organisation=organisation).first()
    if present:
        return present
    membership = Membership(user=user, organisation=organisation, title=title, is_head=is_head)
    membership.full_clean()
    membership.save()
    return membership
