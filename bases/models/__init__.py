"""Rows of the bases room."""

from bases.models.agreement import Agreement, AgreementBase, AgreementParty, AgreementStateChange
from bases.models.announced_figure import AnnouncedFigure
from bases.models.base import Base, BaseCandidateKind, BaseStateChange, BaseUniversity
from bases.models.base_kind import BaseKind
from bases.models.document import Document

__all__ = [
    "Agreement",
    "AgreementBase",
    "AgreementParty",
    "AgreementStateChange",
    "AnnouncedFigure",
    "Base",
    "BaseCandidateKind",
    "BaseKind",
    "BaseStateChange",
    "BaseUniversity",
    "Document",
]
