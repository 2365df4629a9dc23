"""Numbers as accounts and official tables of the mainland write them: ¥330,000.00. Django's own rules do not group."""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
