"""The talent room in the admin."""

from talent.admin.contact import ContactAdmin
from talent.admin.decisions import MembershipProposalAdmin, SelfCheckAdmin
from talent.admin.flexible import FlexibleAgreementAdmin
from talent.admin.network import ChannelAdmin, IntroductionAdmin, TownshipCollectorAdmin
from talent.admin.person import PersonAdmin
from talent.admin.registration import RegistrationAdmin

__all__ = [
    "ChannelAdmin",
    "ContactAdmin",
    "FlexibleAgreementAdmin",
    "IntroductionAdmin",
    "MembershipProposalAdmin",
    "PersonAdmin",
    "RegistrationAdmin",
    "SelfCheckAdmin",
    "TownshipCollectorAdmin",
]
