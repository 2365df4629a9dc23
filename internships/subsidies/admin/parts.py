"""What the desks of money share."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.money import money


def yuan(amount: Decimal | None) -> str:
    """Return an amount as it is read: ¥1,500.00."""
    return money(amount or Decimal(0))


def bar(paid: Decimal, reserved: Decimal, allotted: Decimal, words: str) -> SafeString:
    """Return a small bar of what is paid and reserved of what was allotted; the words say the same."""
    full = float(allotted) or 1.0
    first, second = (round(min(float(one) / full, 1.0) * 100, 1) for one in (paid, reserved))
    return format_html(
        '<svg class="portal-bars__bar money-bar" viewBox="0 0 100 14" preserveAspectRatio="none" role="img"'
        ' aria-label="{}"><rect class="portal-bars__ground" width="100" height="14"></rect>'
        '<rect class="portal-bars__part--paid" width="{}" height="14"></rect>'
        '<rect class="portal-bars__part--reserved" x="{}" width="{}" height="14"></rect></svg> {}',
        words, first, first, min(second, 100 - first), words,
    )  # fmt: skip


def fingerprint(value: str) -> SafeString:
    """Return a fingerprint in groups of eight, so that it can be read aloud and breaks on a phone."""
    grouped = " ".join(value[at : at + 8] for at in range(0, len(value), 8))
    return format_html('<span class="money-hash">{}</span>', grouped or "—")


class ReadsOnly(PortalModelAdmin):
    """A desk on which nothing is typed over: what can be done stands on buttons."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never by a form."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never by a form."""
        return False

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by the declared fields."""
        return super(PortalModelAdmin, self).get_search_results(request, queryset, search_term)
