"""Rows of the talent room."""

from talent.models.contact import CalendarFeed, Contact, HandOver
from talent.models.duplicate import Merge, NotDuplicate
from talent.models.flexible import FlexibleAgreement, FlexiblePaper, FlexibleStateChange
from talent.models.history import Education, Employment
from talent.models.membership import DatabaseMembership, MembershipProposal
from talent.models.network import Channel, ChannelMember, Introduction, TownshipCollector
from talent.models.person import FieldTag, Person, PersonField, PersonStateChange
from talent.models.registration import Registration, RegistrationStateChange, SelfCheck
from talent.models.worked_out import CoverageFigure, PossibleDuplicate, Progress

__all__ = [
    "CalendarFeed",
    "Channel",
    "ChannelMember",
    "Contact",
    "CoverageFigure",
    "DatabaseMembership",
    "Education",
    "Employment",
    "FieldTag",
    "FlexibleAgreement",
    "FlexiblePaper",
    "FlexibleStateChange",
    "HandOver",
    "Introduction",
    "MembershipProposal",
    "Merge",
    "NotDuplicate",
    "Person",
    "PersonField",
    "PersonStateChange",
    "PossibleDuplicate",
    "Progress",
    "Registration",
    "RegistrationStateChange",
    "SelfCheck",
    "TownshipCollector",
]
