"""States of public notices and of objections to their lines."""

from django.db import models
from django.utils.translation import pgettext_lazy

from wenxi_portal.core.badges import Badge
from wenxi_portal.core.transitions import TransitionTable


class NoticeState(models.TextChoices):
    """Where a notice stands. It is public while published, and by the clock no longer afterwards."""

    DRAFT = "draft", pgettext_lazy("notice", "Draft")
    PUBLISHED = "published", pgettext_lazy("notice", "Published")
    ENDED = "ended", pgettext_lazy("notice", "Period ended, taken down")
    CANCELLED = "cancelled", pgettext_lazy("notice", "Cancelled")


NOTICE_BADGES = {
    NoticeState.DRAFT: Badge("info", "draft"),
    NoticeState.PUBLISHED: Badge("success", "clock"),
    NoticeState.ENDED: Badge("muted", "expired"),
    NoticeState.CANCELLED: Badge("muted", "closed"),
}
NOTICE_TRANSITIONS = TransitionTable(
    NoticeState,
    {
        NoticeState.DRAFT: {NoticeState.PUBLISHED, NoticeState.CANCELLED},
        NoticeState.PUBLISHED: {NoticeState.ENDED, NoticeState.CANCELLED},
    },
)


class NoticeObjectionState(models.TextChoices):
    """What became of an objection to a line of a notice."""

    WAITING = "waiting", pgettext_lazy("objection to a notice", "Being looked into")
    UPHELD = "upheld", pgettext_lazy("objection to a notice", "Upheld: the line is not paid as it stood")
    REJECTED = "rejected", pgettext_lazy("objection to a notice", "Not upheld: the line stands")


NOTICE_OBJECTION_TRANSITIONS = TransitionTable(
    NoticeObjectionState,
    {NoticeObjectionState.WAITING: {NoticeObjectionState.UPHELD, NoticeObjectionState.REJECTED}},
)
