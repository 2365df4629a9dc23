"""How messages leave the house. Nothing is needed: a channel that is not set up records instead of sending."""

from datetime import time

from wenxi_portal.settings import env
from wenxi_portal.settings.parts.mail import EMAIL_HOST

# Where the portal is reached, for links in messages (https://portal.example.gov.cn, no sub-path); empty: no links.
PORTAL_ADDRESS = env.text("PORTAL_ADDRESS")
# The web hook of the office's WeCom group robot.
PORTAL_WECOM_ROBOT = env.text("PORTAL_WECOM_ROBOT")

_CHANNELS = "wenxi_portal.notifications.channels"
_RECORDING = f"{_CHANNELS}.recording.RecordingChannel"
NOTIFICATION_CHANNELS = {
    "email": f"{_CHANNELS}.email.EmailChannel" if EMAIL_HOST else _RECORDING,
    "sms": f"{_CHANNELS}.sms.SmsChannel" if env.text("PORTAL_SMS_GATEWAY") else _RECORDING,
    "wecom": f"{_CHANNELS}.wecom.WecomRobotChannel" if PORTAL_WECOM_ROBOT else _RECORDING,
}
# Seconds after which a channel is taken for dead.
NOTIFICATION_TIMEOUT = 10
# Sample parameters (示例参数): when the digest leaves, and how many ringing reminders a person gets in seven days.
NOTIFICATION_DIGEST_AT = time(8, 30)
REMINDER_WEEKLY_CAP = env.number("REMINDER_WEEKLY_CAP", 20)
