"""Kinds and states of people, memberships, contacts and flexible agreements, with the allowed moves beside them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.core.badges import Badge
from wenxi_portal.core.transitions import TransitionTable


class PersonState(models.TextChoices):
    """Whether a record is in use."""

    ACTIVE = "active", pgettext_lazy("person", "On file")
    MERGED = "merged", _("Merged into another")
    WITHDRAWN = "withdrawn", _("Consent withdrawn")


PERSON_BADGES = {
    PersonState.ACTIVE: Badge("success", "signed"),
    PersonState.MERGED: Badge("muted", "closed"),
    PersonState.WITHDRAWN: Badge("warning", "pause"),
}

# Undoing a merge leads back; withdrawn data is erased, so nothing leads back from there but a new registration.
PERSON_TRANSITIONS = TransitionTable(
    PersonState,
    {
        PersonState.ACTIVE: {PersonState.MERGED, PersonState.WITHDRAWN},
        PersonState.MERGED: {PersonState.ACTIVE},
    },
)


class Sex(models.TextChoices):
    """GB/T 2261.1."""

    UNKNOWN = "0", pgettext_lazy("sex", "unknown")
    MALE = "1", _("male")
    FEMALE = "2", _("female")
    UNSAID = "9", _("not stated")


class DocumentKind(models.TextChoices):
    """The paper that says who somebody is."""

    RESIDENT_ID = "resident_id", _("Resident identity card")
    HK_MACAO = "hk_macao", _("Residence permit for Hong Kong and Macao residents")
    TAIWAN = "taiwan", _("Residence permit for Taiwan residents")
    PASSPORT = "passport", _("Passport")


class TalentDatabase(models.TextChoices):
    """The three databases of the county's data centre."""

    STUDENTS = "students", _("Outstanding students native to the county")
    ALUMNI = "alumni", _("University alumni")
    OUTSTANDING = "outstanding", _("Outstanding talents working elsewhere")


class StudyLevel(models.TextChoices):
    """The level studied for; no GB/T table encodes a level being studied, so this list is our own."""

    JUNIOR_COLLEGE = "junior_college", _("Junior college")
    BACHELOR = "bachelor", _("Undergraduate")
    MASTER = "master", _("Master")
    DOCTOR = "doctor", _("Doctor")
    OTHER = "other", pgettext_lazy("study level", "Other")


class CoverageOf(models.TextChoices):
    """What a figure of coverage counts by."""

    WHOLE = "whole", _("Everybody")
    UNIVERSITY = "university", _("University")
    FIELD = "field", _("field of work")
    TOWNSHIP = "township", _("native township")


class ContactLanguage(models.TextChoices):
    """Languages in which somebody likes to be addressed."""

    MANDARIN = "zh", _("Mandarin")
    DIALECT = "wenxi", _("Wenxi dialect")
    CANTONESE = "yue", _("Cantonese")
    ENGLISH = "en", pgettext_lazy("spoken language", "English")


class PreferredChannel(models.TextChoices):
    """How somebody wants to be reached."""

    PHONE = "phone", _("Telephone")
    SMS = "sms", _("Text message")
    WECHAT = "wechat", _("WeChat")
    EMAIL = "email", pgettext_lazy("way of contact", "E-mail")
    VISIT = "visit", pgettext_lazy("way of contact", "Visit")


class ProposalCause(models.TextChoices):
    """Why somebody may belong in another database from now on."""

    GRADUATION = "graduation", _("graduation")
    JOB_CHANGE = "job_change", _("change of job")


class ProposalState(models.TextChoices):
    """What an officer said to a proposal."""

    OPEN = "open", pgettext_lazy("proposal", "To be decided")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "Accepted")
    DECLINED = "declined", pgettext_lazy("proposal", "Declined")


PROPOSAL_TRANSITIONS = TransitionTable(
    ProposalState, {ProposalState.OPEN: {ProposalState.ACCEPTED, ProposalState.DECLINED}}
)


class ChannelKind(models.TextChoices):
    """The N of 1+8+N."""

    STATION = "station", _("Talent service station")
    ALUMNI = "alumni", _("Alumni association")
    GROUP = "group", pgettext_lazy("channel", "Group")


class ContactKind(models.TextChoices):
    """How somebody was reached."""

    CALL = "call", _("Call")
    MESSAGE = "message", pgettext_lazy("contact", "Message")
    VISIT = "visit", pgettext_lazy("contact", "Visit")
    MEETING = "meeting", _("Meeting")


class StepState(models.TextChoices):
    """Where the next step of a contact stands."""

    NONE = "none", _("No next step")
    OPEN = "open", pgettext_lazy("next step", "Open")
    DONE = "done", pgettext_lazy("next step", "Done")
    DROPPED = "dropped", _("Dropped")


STEP_TRANSITIONS = TransitionTable(StepState, {StepState.OPEN: {StepState.DONE, StepState.DROPPED}})


class RegistrationState(models.TextChoices):
    """Where a self-registration stands."""

    UNCONFIRMED = "unconfirmed", _("Waiting for the code")
    SUBMITTED = "submitted", pgettext_lazy("registration", "In the queue")
    ACCEPTED = "accepted", pgettext_lazy("registration", "Accepted")
    REFUSED = "refused", pgettext_lazy("registration", "Not accepted")


REGISTRATION_BADGES = {
    RegistrationState.UNCONFIRMED: Badge("muted", "draft"),
    RegistrationState.SUBMITTED: Badge("warning", "draft"),
    RegistrationState.ACCEPTED: Badge("success", "signed"),
    RegistrationState.REFUSED: Badge("muted", "closed"),
}

REGISTRATION_TRANSITIONS = TransitionTable(
    RegistrationState,
    {
        RegistrationState.UNCONFIRMED: {RegistrationState.SUBMITTED},
        RegistrationState.SUBMITTED: {RegistrationState.ACCEPTED, RegistrationState.REFUSED},
    },
)


class FlexibleState(models.TextChoices):
    """Where a flexible introduction agreement stands."""

    DRAFT = "draft", pgettext_lazy("flexible agreement", "Draft")
    SIGNED = "signed", pgettext_lazy("flexible agreement", "In force")
    ENDED = "ended", pgettext_lazy("flexible agreement", "Ended")
    TERMINATED = "terminated", pgettext_lazy("flexible agreement", "Terminated")


FLEXIBLE_BADGES = {
    FlexibleState.DRAFT: Badge("info", "draft"),
    FlexibleState.SIGNED: Badge("success", "signed"),
    FlexibleState.ENDED: Badge("muted", "expired"),
    FlexibleState.TERMINATED: Badge("muted", "closed"),
}

FLEXIBLE_TRANSITIONS = TransitionTable(
    FlexibleState,
    {
        FlexibleState.DRAFT: {FlexibleState.SIGNED, FlexibleState.TERMINATED},
        FlexibleState.SIGNED: {FlexibleState.ENDED, FlexibleState.TERMINATED},
    },
)


class SelfCheckAnswer(models.TextChoices):
    """What somebody said to the yearly question."""

    STILL_CORRECT = "correct", _("still correct")
    CHANGED = "changed", _("something changed")
