"""Queries about messages."""

from datetime import datetime
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from wenxi_portal.notifications.enums import Channel, MessageState


class MessageQuerySet(models.QuerySet[Any]):
    """Messages by reader and by what has still to be done with them."""

    def inbox_of(self, user: AbstractBaseUser) -> Self:
        """What the person finds in the inbox, newest first."""
        return self.filter(recipient=user, channel=Channel.INBOX).order_by("-created_at", "-pk")

    def unread(self) -> Self:
        """Not opened yet."""
        return self.filter(read_at__isnull=True)

    def to_hand_over(self, now: datetime) -> Self:
        """Waiting messages whose time has come; those for the digest are collected, not handed over."""
        return self.filter(state=MessageState.WAITING, in_digest=False, next_attempt_at__lte=now)
