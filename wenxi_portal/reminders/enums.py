"""Who is reminded, and why somebody was not."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Audience(models.TextChoices):
    """Whom a step is for. Where nobody of them is there, the heads are told, then the organization department."""

    OWNER = "owner", _("the person in charge")
    UNIT = "unit", _("the members of the unit")
    HEADS = "heads", _("the heads of the unit")


class Outcome(models.TextChoices):
    """What became of a step."""

    SENT = "sent", pgettext_lazy("reminder", "reminded")
    SKIPPED = "skipped", pgettext_lazy("reminder", "skipped")


class SkipReason(models.TextChoices):
    """Why a step was skipped."""

    TOO_LATE = "too_late", _("too late to be of use")
    SUPERSEDED = "superseded", _("a later step had come as well")
    SETTLED = "settled", _("settled otherwise")
    ACCOUNT_DISABLED = "account_disabled", _("the account is switched off")
    LEFT_UNIT = "left_unit", _("the person has left the unit")
    NOBODY = "nobody", _("nobody is there to be reminded")
    SWITCHED_OFF = "switched_off", _("switched off by the person")
    NO_ADDRESS = "no_address", _("no address for this channel")
    WEEKLY_CAP = "weekly_cap", _("enough reminders this week")


class Pulse(models.TextChoices):
    """What must beat. Clock and worker write their own; a task that the clock sends proves the way between them."""

    BEAT = "beat", _("clock of the background work")
    WORKER = "worker", pgettext_lazy("reminder", "worker")
    TASKS = "tasks", _("way from the clock to the worker")
