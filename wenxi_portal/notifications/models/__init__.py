"""Rows of the notifications room."""

from wenxi_portal.notifications.models.message import Message
from wenxi_portal.notifications.models.preference import ChannelChoice, DeliveryHours
from wenxi_portal.notifications.models.recorded_sending import RecordedSending

__all__ = ["ChannelChoice", "DeliveryHours", "Message", "RecordedSending"]
