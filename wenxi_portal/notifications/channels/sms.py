"""Messages as texts, through the gateway that sign-in codes use."""

from wenxi_portal.accounts.services.sms import send_text
from wenxi_portal.notifications.channels.addresses import address_of
from wenxi_portal.notifications.channels.base import NeverError, Outgoing, TryLaterError
from wenxi_portal.notifications.enums import Channel


class SmsChannel:
    """The subject alone: a text has 70 characters, and the matter itself stands in the inbox."""

    def send(self, outgoing: Outgoing) -> None:
        """Hand over; the gateway keeps its own time-out."""
        mobile = address_of(outgoing.recipient, Channel.SMS)
        if not mobile:
            raise NeverError("no address")
        try:
            send_text(mobile=mobile, text=outgoing.subject)
        except OSError as error:
            raise TryLaterError(f"the gateway does not answer ({type(error).__name__})") from None
