"""The parts people play (domain.md §1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A role is a group of this name with exactly the permissions that the rooms declare for it."""

    ORGANIZATION_DEPARTMENT = "organization_department", _("Organization department")
    LEAD_UNIT_OFFICER = "lead_unit_officer", _("Lead unit officer")
    FINANCE = "finance", _("Finance")
    AUDITOR = "auditor", _("Auditor")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administrator")
    UNIVERSITY_LIAISON = "university_liaison", _("University liaison")
    HOST = "host", _("Host")
    STUDENT = "student", _("Student")
    NATIVE_TALENT = "native_talent", _("Native talent")


STAFF_ROLES = frozenset(
    {
        Role.ORGANIZATION_DEPARTMENT,
        Role.LEAD_UNIT_OFFICER,
        Role.FINANCE,
        Role.AUDITOR,
        Role.SYSTEM_ADMINISTRATOR,
    }
)
