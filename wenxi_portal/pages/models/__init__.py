"""Rows of the pages room."""

from wenxi_portal.pages.models.guide import Guide

__all__ = ["Guide"]
