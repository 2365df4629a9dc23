"""Rows of the money that should be impossible, by sort."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Impossible(models.TextChoices):
    """What the nightly proof looks for; ``internships.subsidies.selectors.impossible`` has the query of each."""

    TWO_DUTIES = "two_duties", _("Two duties of one claim in one hand")
    OWN_CLAIM = "own_claim", _("Duties done for one's own claim")
    WITHOUT_DUTY = "without_duty", _("Claims past a review that nobody made")
    PASSED_HELD = "passed_held", _("Claims published before the re-check or the group's decision")
    SUMS_DIFFER = "sums_differ", _("Claims whose lines do not add up to the amount")
    NO_NOTICE = "no_notice", _("Claims on notice that stand on no notice")
    OBJECTED = "objected", _("Claims held by no objection")
    NEVER_SHOWN = "never_shown", _("Claims cleared for payment without a public notice")
    HELD_CLEARED = "held_cleared", _("Claims cleared for payment with an open finding")
    PAID_UNPAID = "paid_unpaid", _("Claims paid by no payment")
    NOTICE_PAST = "notice_past", _("Notices past their last day, still to be taken down")
