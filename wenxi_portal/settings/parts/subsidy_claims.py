"""Time limits of claims that no published paper gives: sample parameters (示例参数), to be set by the county.

Days are calendar days unless the name says working days.
"""

from wenxi_portal.settings import env

# After its window a claim is still taken for so many days, but held until an officer has said why; then it lapses.
SUBSIDY_LATE_DAYS = env.number("SUBSIDY_LATE_DAYS", 30)
# A claim that was handed back, or whose amount was worked out anew, waits for the student for so many days.
SUBSIDY_HAND_BACK_DAYS = env.number("SUBSIDY_HAND_BACK_DAYS", 10)
# So many calendar days the host has to confirm a claim, so many working days an office for its step.
SUBSIDY_HOST_DAYS = env.number("SUBSIDY_HOST_DAYS", 5)
SUBSIDY_STEP_WORKING_DAYS = env.number("SUBSIDY_STEP_WORKING_DAYS", 5)
# So many days somebody has to pay back what was asked back.
SUBSIDY_RECOVERY_DAYS = env.number("SUBSIDY_RECOVERY_DAYS", 30)
# So many days after its payment a claim is archived: until then the bank may still return it.
SUBSIDY_ARCHIVE_DAYS = env.number("SUBSIDY_ARCHIVE_DAYS", 90)
