"""Telling the students of a batch, all of them in one statement, in the caller's transaction."""

from collections.abc import Sequence
from datetime import date

from internships.subsidies.models import PaymentBatch
from wenxi_portal.notifications import kinds
from wenxi_portal.notifications.enums import Channel
from wenxi_portal.notifications.services.outbox import put_selected

# Nobody waits for ten thousand messages to reach the broker: the sweep hands over the others.
HANDED_OVER = 100
# Made-up people have the inbox alone; everybody else what they chose, or what is usual for the kind.
_SELECTED = """
SELECT account.id, %(kind)s, channel.name,
       left(concat_ws(':', %(kind)s::text, line.reference, %(step)s::text, account.id, channel.name), 120),
       jsonb_build_object('claim', claim.number, 'amount', line.amount::text, 'batch', batch.number,
                          'day', coalesce(line.paid_on, %(day)s::date)::text, 'why', line.return_reason),
       %(urgent)s::boolean
FROM subsidies_paymentline AS line
JOIN subsidies_paymentbatch AS batch ON batch.id = line.batch_id
JOIN subsidies_claim AS claim ON claim.id = line.claim_id
JOIN internships_student AS student ON student.id = claim.student_id
JOIN accounts_user AS account ON account.id = student.user_id AND account.is_active
CROSS JOIN unnest(%(channels)s::text[]) AS channel (name)
LEFT JOIN notifications_channelchoice AS choice
  ON choice.user_id = account.id AND choice.kind = %(kind)s AND choice.channel = channel.name
WHERE line.batch_id = %(batch)s AND (%(lines)s::bigint[] IS NULL OR line.id = ANY(%(lines)s))
  AND CASE WHEN account.is_demo THEN channel.name = %(inbox)s
           WHEN %(mandatory)s AND channel.name = %(inbox)s THEN true
           ELSE coalesce(choice.wanted, channel.name = ANY(%(usual)s::text[])) END
ORDER BY line.id
"""


def tell_students(
    *, batch: PaymentBatch, kind: str, day: date, lines: Sequence[int] | None = None, step: str = ""
) -> int:
    """Tell the students of a batch's lines (all, or the keys ``lines``) once; return how many messages were written.

    ``step`` tells two tellings of one kind about the same line apart. Raises ``LookupError`` for an unknown kind.
    """
    declared = kinds.find(kind)
    if declared is None:
        raise LookupError(f"No kind of message is called {kind}.")
    values = {
        "kind": kind, "step": step, "day": day, "batch": batch.pk, "urgent": declared.urgent,
        "lines": None if lines is None else list(lines), "mandatory": declared.mandatory,
        "channels": [channel.value for channel in Channel], "usual": [channel.value for channel in declared.usual],
        "inbox": Channel.INBOX.value,
    }  # fmt: skip
    return put_selected(_SELECTED, values, most_at_once=HANDED_OVER).count
