"""Rules of reviews and public notices that the published programme leaves open: sample parameters (示例参数)."""

from wenxi_portal.settings import env

# So many working days each review has before its unit is reminded, and its heads after as many more.
REVIEW_WORKING_DAYS = env.number("REVIEW_WORKING_DAYS", 3)
# The office answers an objection to a notice within so many working days.
NOTICE_OBJECTION_WORKING_DAYS = env.number("NOTICE_OBJECTION_WORKING_DAYS", 5)
# How many objections, and how many look-ups of answers, one address may send in an hour.
NOTICE_OBJECTIONS_AN_HOUR = env.number("NOTICE_OBJECTIONS_AN_HOUR", 5)
NOTICE_LOOKUPS_AN_HOUR = env.number("NOTICE_LOOKUPS_AN_HOUR", 60)
