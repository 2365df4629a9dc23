"""Elements of a guide, in the order in which they are read, and the figures of the demonstration."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GuideElement(models.TextChoices):
    """What a guide tells (domain.md §4, A government site)."""

    AUDIENCE = "audience", _("Who it is for")
    BASIS = "basis", _("Basis")
    CONDITIONS = "conditions", _("Conditions")
    PAPERS = "papers", _("What to bring")
    STEPS = "steps", _("Steps")
    TIME_LIMIT = "time_limit", _("How long it takes")
    FEE = "fee", _("Fee")
    RESULT = "result", _("What you get")
    CONTACT = "contact", _("Whom to ask")


class DemoRole(models.TextChoices):
    """As whom one may look around in the demonstration."""

    ORGANIZATION_DEPARTMENT = "organization_department", _("organization department")
    REVIEWER = "reviewer", _("organization department, second review")
    LEAD_UNIT = "lead_unit", _("lead unit")
    FINANCE = "finance", pgettext_lazy("of money", "finance")
    AUDITOR = "auditor", _("audit")
    UNIVERSITY = "university", _("university")
    HOST = "host", _("host")
    STUDENT = "student", _("student")
    VISITOR = "visitor", _("visitor")
