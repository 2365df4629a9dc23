"""The money of the county. What a policy says (rates, caps, windows) is data in the database, not a setting."""

# Where the positions' pages learn which allowance a month is announced: internships knows nothing of the money above.
ALLOWANCE_SOURCE = "internships.subsidies.selectors.announced.allowance_a_month"
