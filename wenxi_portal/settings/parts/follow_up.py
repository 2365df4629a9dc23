"""How often people in care hear of the county. Sample parameters (示例参数)."""

from wenxi_portal.settings import env

# Calendar days after the last contact on which somebody is reminded to get in touch.
TALENT_CONTACT_DAYS = env.number("TALENT_CONTACT_DAYS", 180)
# Calendar days between two questions “still correct?” to one person; 0: the portal never asks by itself.
SELF_CHECK_EVERY_DAYS = env.number("SELF_CHECK_EVERY_DAYS", 365)
# How many people one hourly run asks at most, so that a gateway is not flooded.
SELF_CHECK_AT_ONCE = env.number("SELF_CHECK_AT_ONCE", 500)
