"""The project package: everything that is not about one domain."""

from wenxi_portal.celery import app as celery_app

__all__ = ["celery_app"]
