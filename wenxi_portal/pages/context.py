"""What the frame around every page knows."""

from django.http import HttpRequest

from wenxi_portal.pages.frame import Frame


def portal(request: HttpRequest) -> dict[str, object]:
    """Give every template the frame; nothing of it is worked out before a template asks."""
    return {"portal": Frame(request)}
