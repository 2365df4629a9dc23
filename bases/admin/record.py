"""What the admin pages of bases and agreements share: own rows, papers, timeline, history."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext as _

from bases.admin.papers import KeepsPapers
from bases.models import Base
from wenxi_portal.core.admin.exports import ExportsWhatItShows
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed
from wenxi_portal.core.admin.saving import SavesThroughService
from wenxi_portal.core.transitions import TransitionTable
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW
from wenxi_portal.organisations.selectors import has_unit, units_of


class RecordAdmin(SavesThroughService, KeepsPapers, AsksBeforeDeed, ExportsWhatItShows, PortalModelAdmin):
    """A base or an agreement: its lead unit's officers work with it, and nobody else's."""

    moves: TransitionTable
    change_form_outer_before_template = "admin/bases/record_head.html"
    change_form_outer_after_template = "admin/bases/record_parts.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A lead unit officer without a unit has nowhere to put a record."""
        if not super().has_add_permission(request):
            return False
        return _sees_every_row(request) or has_unit(request.user)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> ModelChoiceField | None:
        """Offer the units a person may enter records for, and organisations that are public or their own."""
        if db_field.name == "lead_unit":
            kwargs["queryset"] = units_of(request.user)
        elif db_field.name == "local_partner":
            kwargs["queryset"] = choosable_organisations(request)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and db_field.name == "lead_unit" and not _sees_every_row(request):
            # A record without a lead unit would be out of its officer's sight.
            field.required = True
            units = list(field.queryset[:2])
            field.initial = units[0].pk if len(units) == 1 else None
        return field

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add the state above the form, papers and timeline below it."""
        record = kwargs.get("obj")
        if record is not None:
            changes = record.state_changes.select_related("actor")
            context |= {
                "record_state": self.shown_state(record),  # type: ignore[attr-defined]
                "timeline": [(change, self.moves.choices(change.to_state).label) for change in changes],
                "papers": self.papers_of(record),
                "may_add_papers": self.may_add_papers(request, record),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Only those who may see such records come in at all."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return super().changelist_view(request, extra_context)

    def record_for_deed(self, request: HttpRequest, object_id: str) -> Any:
        """Return the record a button acts on; absent and forbidden look alike."""
        return self.visible_or_404(request, unquote(object_id))

    def barred(self, record: Any, to_state: str, *, only_from: str | None = None) -> str:
        """Return why ``record`` cannot be moved to ``to_state`` now, empty when it can."""
        if self.moves.allows(record.state, to_state) and only_from in {None, record.state}:
            return ""
        return self.barred_by_state(record)

    def barred_by_state(self, record: Any) -> str:
        """Return the sentence that the record's state does not allow what is asked."""
        return _("The state is now “%(state)s”, and this cannot be done in it.") % {"state": record.get_state_display()}


def choosable_organisations(request: HttpRequest) -> QuerySet[Organisation]:
    """Organisations that anybody may know of, and the person's own."""
    own = Organisation.objects.visible_to(request.user).values("pk")
    return Organisation.objects.filter(Q(is_public=True) | Q(pk__in=own)).in_name_order()


def choosable_bases(request: HttpRequest) -> QuerySet[Base]:
    """Bases whose page opens for the person."""
    return Base.objects.readable_by(request.user)


def _sees_every_row(request: HttpRequest) -> bool:
    return request.user.has_perm(SEE_EVERY_ROW)  # type: ignore[union-attr]
