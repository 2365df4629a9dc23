"""Sessions end by themselves."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from wenxi_portal.core.retention import Basis, Kept


class Sessions(Kept):
    """Sessions that ended; the nightly sweep removes them."""

    name = "sessions"
    model = Session
    age = "expire_date"
    label = _("Ended sessions")
    deed = _("deleted")
    basis = Basis.HOUSE
    by_itself = True

    @property
    def period(self) -> timedelta:
        """None: the end stands on each session."""
        return timedelta(0)


KINDS = [Sessions()]
