"""Messages to the WeCom (企业微信) group of the office, by the group's robot."""

import json
from http import HTTPStatus
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings

from wenxi_portal.notifications.channels.base import NeverError, Outgoing, TryLaterError

_BUSY = 45009


class WecomRobotChannel:
    """Posts the subject to the group: everybody in it reads along, so that nothing else leaves the house."""

    def send(self, outgoing: Outgoing) -> None:
        """Hand over within NOTIFICATION_TIMEOUT seconds."""
        content = json.dumps({"msgtype": "text", "text": {"content": outgoing.subject}}).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": outgoing.key}
        # The address is a setting of the county's own and starts with https (a system check says so).
        request = Request(settings.PORTAL_WECOM_ROBOT, data=content, headers=headers, method="POST")  # noqa: S310
        try:
            with urlopen(request, timeout=settings.NOTIFICATION_TIMEOUT) as answer:  # noqa: S310
                code = int(json.loads(answer.read(10_000)).get("errcode", -1))
        except HTTPError as error:
            temporary = error.code >= HTTPStatus.INTERNAL_SERVER_ERROR or error.code == HTTPStatus.TOO_MANY_REQUESTS
            raise (TryLaterError if temporary else NeverError)(f"the robot answers {error.code}") from None
        except (URLError, OSError, ValueError, AttributeError) as error:
            raise TryLaterError(f"the robot does not answer ({type(error).__name__})") from None
        if code == _BUSY:
            raise TryLaterError("the robot takes 20 messages a minute")
        if code:
            raise NeverError(f"the robot refuses ({code})")
