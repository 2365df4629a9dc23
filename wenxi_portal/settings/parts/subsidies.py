"""The money of the county: time limits and numbers that no published paper gives, sample parameters (示例参数).

What a policy says (rates, caps, windows) is data in the database. Days are calendar days unless the name says working
days.
"""

from wenxi_portal.settings import env

# After its window a claim is still taken for so many days, but held until an officer has said why; then it lapses.
SUBSIDY_LATE_DAYS = env.number("SUBSIDY_LATE_DAYS", 30)
# A claim that was handed back, or whose amount was worked out anew, waits for the student for so many days.
SUBSIDY_HAND_BACK_DAYS = env.number("SUBSIDY_HAND_BACK_DAYS", 10)
# So many calendar days the host has to confirm a claim. So many working days an office has for each of its steps: the
# student is told, and the office is reminded after them, its heads after as many more.
SUBSIDY_HOST_DAYS = env.number("SUBSIDY_HOST_DAYS", 5)
SUBSIDY_STEP_WORKING_DAYS = env.number("SUBSIDY_STEP_WORKING_DAYS", 3)
# So many days somebody has to pay back what was asked back.
SUBSIDY_RECOVERY_DAYS = env.number("SUBSIDY_RECOVERY_DAYS", 30)
# So many days after its payment a claim is archived: until then the bank may still return it.
SUBSIDY_ARCHIVE_DAYS = env.number("SUBSIDY_ARCHIVE_DAYS", 90)
# The office answers an objection to a notice within so many working days.
NOTICE_OBJECTION_WORKING_DAYS = env.number("NOTICE_OBJECTION_WORKING_DAYS", 5)
# How many objections, and how many look-ups of answers, one address may send in an hour.
NOTICE_OBJECTIONS_AN_HOUR = env.number("NOTICE_OBJECTIONS_AN_HOUR", 5)
NOTICE_LOOKUPS_AN_HOUR = env.number("NOTICE_LOOKUPS_AN_HOUR", 60)
# How many claims one batch holds at most.
SUBSIDY_BATCH_MOST_LINES = env.number("SUBSIDY_BATCH_MOST_LINES", 20000)
# A sealed batch is released, and a result of the bank entered, within so many working days.
SUBSIDY_RELEASE_WORKING_DAYS = env.number("SUBSIDY_RELEASE_WORKING_DAYS", 3)
SUBSIDY_RESULT_WORKING_DAYS = env.number("SUBSIDY_RESULT_WORKING_DAYS", 5)
# From this share of what was allotted, in percent, a budget line counts as nearly used up.
SUBSIDY_BUDGET_NEARLY_USED = env.number("SUBSIDY_BUDGET_NEARLY_USED", 90)
# Auditor's packs are kept for so many days.
SUBSIDY_PACK_KEPT_DAYS = env.number("SUBSIDY_PACK_KEPT_DAYS", 30)
