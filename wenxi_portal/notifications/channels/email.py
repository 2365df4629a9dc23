"""Messages by e-mail, through the mail server of the settings."""

from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMessage

from wenxi_portal.notifications.channels.addresses import address_of
from wenxi_portal.notifications.channels.base import NeverError, Outgoing, TryLaterError
from wenxi_portal.notifications.enums import Channel


class EmailChannel:
    """One mail a message; EMAIL_TIMEOUT ends a server that does not answer."""

    def send(self, outgoing: Outgoing) -> None:
        """Hand over. The key becomes the Message-ID, by which mail servers and readers tell a repetition."""
        address = address_of(outgoing.recipient, Channel.EMAIL)
        if not address:
            raise NeverError("no address")
        headers = {"Message-ID": f"<{outgoing.key}@portal.invalid>", "Auto-Submitted": "auto-generated"}
        try:
            EmailMessage(outgoing.subject, outgoing.text, to=[address], headers=headers).send()
        except SMTPRecipientsRefused:
            raise NeverError("the mail server refuses the address") from None
        except SMTPResponseException as error:
            refused = 500 <= error.smtp_code < 600
            raise (NeverError if refused else TryLaterError)(f"the mail server answers {error.smtp_code}") from None
        except (SMTPException, OSError) as error:
            raise TryLaterError(f"the mail server does not answer ({type(error).__name__})") from None
