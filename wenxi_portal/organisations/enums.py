"""Kinds of organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What an organisation is to the programme."""

    UNIVERSITY = "university", _("University")
    LEAD_UNIT = "lead_unit", _("Lead unit")
    HOST = "host", _("Host")
    SITE = "site", _("Visiting site")


class HostKind(models.TextChoices):
    """What sort of host takes interns."""

    ENTERPRISE = "enterprise", _("Enterprise")
    SCHOOL = "school", _("School")
    HOSPITAL = "hospital", _("Hospital")
    GOVERNMENT = "government", _("Government office")
    OTHER = "other", _("Other")
