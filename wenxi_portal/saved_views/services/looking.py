"""Looking for what is new in a view, and telling its owner.

Every row that a look meets is written down once; what was not yet written down is new. A missed week is therefore
caught up in one message, a second look right after the first finds nothing, and a row that leaves and comes back is
not told twice. Rows and message are written in one transaction.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wenxi_portal.core.errors import DomainError
from wenxi_portal.notifications.services.outbox import tell
from wenxi_portal.saved_views import listings
from wenxi_portal.saved_views.models import SavedView

KIND = "saved_view"
# A view that means half the register is no news: so many rows it may mean when telling begins, so many a message tells.
MOST_WATCHED = 10_000
# A little less than a day, so that a daily task that starts a minute early misses none.
RHYTHM = timedelta(hours=20)

logger = logging.getLogger(__name__)

_NOTE = """
INSERT INTO saved_views_seenrow (view_id, record, look)
SELECT %s, found.id, %s FROM ({found}) AS found (id)
WHERE NOT EXISTS (SELECT 1 FROM saved_views_seenrow seen WHERE seen.view_id = %s AND seen.record = found.id)
LIMIT %s ON CONFLICT (view_id, record) DO NOTHING
"""


def begin(view: SavedView) -> None:
    """Write down what ``view`` means now, so that only what comes later is new. The caller holds the row's lock.

    Raises ``DomainError`` when it means more than MOST_WATCHED rows.
    """
    view.seen_rows.all().delete()
    if _note(view, _rows(view), look=0, most=MOST_WATCHED + 1) > MOST_WATCHED:
        raise DomainError(
            _("This view shows more than 10,000 rows. Narrow it before you have yourself told of new ones."),
            code="too_many",
            field="tells",
        )
    view.looked_at = timezone.now()
    view.trouble = ""


def look(view_id: int, *, now: datetime | None = None) -> int:
    """Look at one view and tell its owner what is new; return the number of new rows.

    Does nothing while another process looks at it, for a closed account, and when it was looked at just now.
    """
    moment = now or timezone.now()
    try:
        with transaction.atomic():
            view = (
                _due(moment).select_for_update(of=("self",), no_key=True, skip_locked=True).filter(pk=view_id).first()
            )
            return _look(view, moment) if view else 0
    except DomainError as refusal:
        # The view's owner reads the reason beside the view; the other views are looked at all the same.
        logger.warning("A saved view cannot be looked at (%s).", refusal.code)
        SavedView.objects.filter(pk=view_id).update(looked_at=moment, trouble=refusal.message[:300])
        return 0


def look_at_all(*, now: datetime | None = None) -> dict[str, int]:
    """Look at every view whose time has come; return how many were looked at and how many new rows they had."""
    moment = now or timezone.now()
    due = list(_due(moment).order_by("looked_at").values_list("pk", flat=True))
    return {"views": len(due), "new": sum(look(key, now=moment) for key in due)}


def _due(moment: datetime) -> QuerySet[SavedView]:
    return SavedView.objects.telling().filter(Q(looked_at__lte=moment - RHYTHM)).select_related("owner")


def _look(view: SavedView, moment: datetime) -> int:
    new = _note(view, _rows(view), look=view.looks + 1, most=MOST_WATCHED)
    changes: Mapping[str, Any] = {"looked_at": moment, "trouble": ""}
    if new:
        changes = {**changes, "looks": F("looks") + 1}
        number = view.looks + 1
        # The name of a view may be a person's name: it stays out of what leaves by e-mail.
        params = {"view": view.pk, "look": number, "count": new, "listing": view.listing}
        tell(recipient=view.owner, kind=KIND, about=f"{view.pk}:{number}", params=params, now=moment)
    SavedView.objects.filter(pk=view.pk).update(**changes)
    return new


def _rows(view: SavedView) -> QuerySet[Any]:
    listing = listings.find(view.listing)
    if listing is None:
        raise DomainError(_("This list is no longer there."), code="no_list")
    return listing.rows(view.owner, view.params)


def _note(view: SavedView, rows: QuerySet[Any], *, look: int, most: int) -> int:
    """Write down which of ``rows`` are new to ``view``, in one statement; return their number."""
    try:
        found, params = rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        # Django knows beforehand that no row can match, and has no statement for it.
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_NOTE.format(found=found), [view.pk, look, *params, view.pk, most])
        return cursor.rowcount
