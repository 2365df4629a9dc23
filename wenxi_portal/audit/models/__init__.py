"""Rows of the audit room."""

from wenxi_portal.audit.models.entry import AuditEntry

__all__ = ["AuditEntry"]
