"""The bases room in the admin."""

from bases.admin.agreement import AgreementAdmin
from bases.admin.announced_figure import AnnouncedFigureAdmin
from bases.admin.base import BaseAdmin
from bases.admin.base_kind import BaseKindAdmin

__all__ = ["AgreementAdmin", "AnnouncedFigureAdmin", "BaseAdmin", "BaseKindAdmin"]
