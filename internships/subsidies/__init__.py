"""Money of the county: policies, claims, public notice, payment."""
