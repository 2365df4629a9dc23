"""The portal's addresses and the yardstick's."""

from django.urls import path

from tests.bench.bare_view import bare
from wenxi_portal.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("bench/bare/<int:size>/", bare), *urlpatterns]
