"""Who may do what with the county's money. Students and hosts work in their own pages.

The system administrator has no power here at all (domain.md §1); finance releases payments and edits no claim.
"""

from internships.subsidies.models import Claim
from internships.subsidies.querysets import SEE_EVERY_CLAIM
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User

_SEEN = (
    "scheme", "policy", "policyhost", "bankaccount", "claim", "claimline", "claimpaper", "claimduty", "claimflag",
    "recheck", "recovery", "milestone", "outsidelist", "publicnotice", "noticeline", "noticeobjection", "budgetline",
    "journal", "ledgerentry", "paymentbatch", "paymentline", "bankfile", "resultfile",
)  # fmt: skip
VIEW = {f"subsidies.view_{name}" for name in _SEEN}
_MONEY = {
    f"subsidies.view_{name}"
    for name in ("scheme", "policy", "claim", "claimline", "claimduty", "budgetline", "journal", "ledgerentry",
                 "paymentbatch", "paymentline", "bankfile", "resultfile", "recovery")
}  # fmt: skip
# What the lead unit does for the stays it leads.
FIRST_REVIEW = {
    "subsidies.prepare_claim",
    "subsidies.first_review_claim",
    "subsidies.change_claim",
    "subsidies.change_claimflag",
    "subsidies.change_milestone",
    "subsidies.reveal_bankaccount",
}
# What the department does besides: policies, second review, notices, batches up to their seal.
DEPARTMENT = {
    "subsidies.add_scheme", "subsidies.change_scheme", "subsidies.add_policy", "subsidies.change_policy",
    "subsidies.approve_policy", "subsidies.prepare_claim", "subsidies.first_review_claim",
    "subsidies.second_review_claim", "subsidies.recheck_claim", "subsidies.recover_claim", "subsidies.change_claim",
    "subsidies.change_claimflag", "subsidies.change_recheck", "subsidies.change_milestone",
    "subsidies.add_outsidelist", "subsidies.reveal_bankaccount", "subsidies.add_publicnotice",
    "subsidies.change_publicnotice", "subsidies.publish_publicnotice", "subsidies.change_noticeobjection",
    "subsidies.add_paymentbatch", "subsidies.change_paymentbatch", "subsidies.seal_paymentbatch",
}  # fmt: skip
# What finance does: money of the year, release, results. Never a claim.
FINANCE = {
    "subsidies.add_budgetline", "subsidies.change_budgetline", "subsidies.allot_budgetline",
    "subsidies.change_paymentbatch", "subsidies.release_paymentbatch", "subsidies.change_recovery",
}  # fmt: skip
# Whoever may have an auditor's pack made sees those that were made.
PACKS = {"subsidies.view_auditpack", "subsidies.add_auditpack"}

ROLE_PERMISSIONS = {
    Role.ORGANIZATION_DEPARTMENT: VIEW | DEPARTMENT | PACKS,
    Role.LEAD_UNIT_OFFICER: (VIEW - {"subsidies.view_outsidelist", "subsidies.view_bankfile"}) | FIRST_REVIEW,
    Role.FINANCE: _MONEY | FINANCE | {SEE_EVERY_CLAIM},
    Role.AUDITOR: VIEW | PACKS,
}


def can_withdraw_claim(user: User, claim: Claim) -> bool:
    """The student; an officer who works on claims and sees this one."""
    if claim.student.user_id == user.pk:
        return True
    sees = Claim.objects.visible_to(user).filter(pk=claim.pk)
    return user.has_perm("subsidies.change_claim") and bool(sees.exists())
