"""Background work of the saved-views room. It may run twice or late without harm."""

from celery import shared_task

from wenxi_portal.saved_views.services.looking import look_at_all


@shared_task
def look_for_new_rows() -> dict[str, int]:
    """Tell the owners of views what is new in them."""
    return look_at_all()
