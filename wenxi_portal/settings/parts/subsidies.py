"""The money of the county. What a policy says (rates, caps, windows) is data in the database, not a setting."""

from wenxi_portal.settings import env

# Where the positions' pages learn which allowance a month is announced: internships knows nothing of the money above.
ALLOWANCE_SOURCE = "internships.subsidies.selectors.announced.allowance_a_month"
# So many days before a policy ends without a successor its office is reminded.
POLICY_ENDS_DAYS = env.number("POLICY_ENDS_DAYS", 60)
