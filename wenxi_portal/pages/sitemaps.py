"""What search engines are told."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from bases.models import Base
from internships.models import Position
from internships.subsidies.models import Policy, PublicNotice
from internships.subsidies.selectors.notices import public_notices
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.pages import navigation
from wenxi_portal.pages.models import Guide


class PageSitemap(Sitemap):
    """Pages that always exist."""

    def items(self) -> list[navigation.NavItem]:
        """Return the ways that lead somewhere."""
        return navigation.items(navigation.EVERYTHING)

    def location(self, item: navigation.NavItem) -> str:
        """Return the page's path."""
        return item.url


class RecordSitemap(Sitemap):
    """Public records, with the day of their last change."""

    limit = 10_000

    def __init__(self, queryset: QuerySet[Any]) -> None:
        super().__init__()
        self.queryset = queryset

    def items(self) -> QuerySet[Any]:
        """Return the public rows in a stable order."""
        return self.queryset.all()

    def lastmod(self, item: Any) -> Any:
        """Return when the record was last changed."""
        return item.updated_at


class NoticeSitemap(RecordSitemap):
    """Public notices while they are up: which they are depends on the day."""

    def __init__(self) -> None:
        super().__init__(PublicNotice.objects.none())

    def items(self) -> QuerySet[Any]:
        """Return the notices of today."""
        return public_notices().order_by("pk")


SITEMAPS = {
    "pages": PageSitemap(),
    "bases": RecordSitemap(Base.objects.public().only("pk", "updated_at").order_by("pk")),
    "universities": RecordSitemap(Organisation.objects.public().universities().only("pk", "updated_at").order_by("pk")),
    "positions": RecordSitemap(Position.objects.public().only("pk", "updated_at").order_by("pk")),
    "notices": NoticeSitemap(),
    "policies": RecordSitemap(
        Policy.objects.approved().select_related("scheme").only("version", "scheme__code", "updated_at").order_by("pk")
    ),
    "guides": RecordSitemap(Guide.objects.public().only("slug", "updated_at").order_by("pk")),
}
