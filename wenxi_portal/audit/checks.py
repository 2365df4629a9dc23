"""Settings of retention with which the portal must not run."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from wenxi_portal.core.retention import kinds


def retention_makes_sense(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse names nobody declares, and times shorter than the law's or none at all."""
    declared = kinds()
    found: list[CheckMessage] = [
        Error(f"RETENTION_APPLIED names {name}, which no room declares.", id="audit.E001")
        for name in settings.RETENTION_APPLIED
        if name not in {*declared, "all"} or (name in declared and declared[name].by_itself)
    ]
    for name, days in settings.RETENTION_DAYS.items():
        least = max(declared[name].at_least, 1) if name in declared else 1
        if days < least:
            found.append(Error(f"RETENTION_{name.upper()}_DAYS is {days}; {least} is the least.", id="audit.E002"))
    return found


def declare() -> None:
    """Make the check part of ``manage.py check``."""
    register(retention_makes_sense, Tags.security)
