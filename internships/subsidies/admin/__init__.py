"""Desks of the money."""

from internships.subsidies.admin.policy import PolicyAdmin
from internships.subsidies.admin.scheme import SchemeAdmin

__all__ = [
    "PolicyAdmin",
    "SchemeAdmin",
]
