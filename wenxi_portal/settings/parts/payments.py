"""Paying subsidies: sample parameters (示例参数), to be set by the county."""

from wenxi_portal.settings import env

# How many claims one batch holds at most.
SUBSIDY_BATCH_MOST_LINES = env.number("SUBSIDY_BATCH_MOST_LINES", 20000)
# A sealed batch is released, and a result of the bank entered, within so many working days.
SUBSIDY_RELEASE_WORKING_DAYS = env.number("SUBSIDY_RELEASE_WORKING_DAYS", 3)
SUBSIDY_RESULT_WORKING_DAYS = env.number("SUBSIDY_RESULT_WORKING_DAYS", 5)
# From this share of what was allotted, in percent, a budget line counts as nearly used up.
SUBSIDY_BUDGET_NEARLY_USED = env.number("SUBSIDY_BUDGET_NEARLY_USED", 90)
# Auditor's packs are kept for so many days.
SUBSIDY_PACK_KEPT_DAYS = env.number("SUBSIDY_PACK_KEPT_DAYS", 30)
