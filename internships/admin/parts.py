"""What the admin pages of this room share."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse

from internships.models import Placement
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed
from wenxi_portal.organisations.selectors import units_of


class ShowsPages:
    """Mixin of a ModelAdmin with pages of its own."""

    def page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        """Answer with a page in the admin's frame."""
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        frame = {**self.admin_site.each_context(request), "opts": self.opts}  # type: ignore[attr-defined]
        return TemplateResponse(request, template, frame | context)

    def may_view(self, request: HttpRequest) -> None:
        """Raise ``PermissionDenied`` for whoever does not see such rows."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied

    def only_buttons(self, request: HttpRequest, object_id: Any, names: set[str]) -> list[Any]:
        """Return those of the record's buttons that can be used now."""
        opts = self.opts  # type: ignore[attr-defined]
        ours = {f"{opts.app_label}_{opts.model_name}_{name}" for name in names}
        buttons = super().get_actions_detail(request, object_id)  # type: ignore[misc]
        return [button for button in buttons if button.action_name in ours]

    def record(self, request: HttpRequest, object_id: Any) -> Any:
        """Return the record behind an address; 404 where it is absent or not the person's to see."""
        return self.visible_or_404(request, unquote(str(object_id)))  # type: ignore[attr-defined]


class ChoosesOwnUnit:
    """Mixin of a ModelAdmin: its rows belong to one of the units the person works for."""

    unit_field = "unit"

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the own lead units, with the only one chosen."""
        if db_field.name == self.unit_field:
            own = units_of(request.user)
            kwargs["queryset"] = own
            if len(first := list(own[:2])) == 1:
                kwargs["initial"] = first[0].pk
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


class AsksAboutStay(AsksBeforeDeed):
    """Mixin of a ModelAdmin whose rows begin on a stay: a page that asks may be about the stay, not about a row."""

    def _context(self, request: HttpRequest, record: Any, deed: Deed) -> dict[str, Any]:
        context = super()._context(request, record, deed)
        if isinstance(record, Placement):
            # The breadcrumbs lead to the list of this desk, not to that of stays.
            del context["original"]
        return context


def desk_of(stay: Placement, otherwise: str) -> str:
    """Return the address of the stay on the desk, or of the page ``otherwise`` for who does not work with stays."""
    try:
        return reverse("admin:internships_placement_change", args=[stay.pk])
    except NoReverseMatch:
        return reverse(f"admin:{otherwise}")


def visible_stay(request: HttpRequest, pk: int) -> Placement | None:
    """Return the stay if the person works with it as staff, None otherwise."""
    stays: Any = Placement.objects.visible_to(request.user)
    found: Placement | None = stays.select_related("student", "host", "lead_unit").filter(pk=pk).first()
    return found
