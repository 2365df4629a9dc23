"""What the talent room reminds of: people, their papers, and those who want to come in.

No name of a person stands in a subject or a body, which leave the house by e-mail: a record is told by its number.
The inbox alone, behind the sign-in, adds who it is.
"""

from talent.reminders.papers import FlexibleExpiring, RegistrationWaiting
from talent.reminders.people import ContactStale, NextStepDue, SelfCheckUnanswered

__all__ = ["ContactStale", "FlexibleExpiring", "NextStepDue", "RegistrationWaiting", "SelfCheckUnanswered"]
