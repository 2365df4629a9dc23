"""Claims in the admin: a list to narrow, and everything about one claim on one screen, its deeds as buttons."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from unfold.decorators import display

from internships.services.kept_files import read_paper
from internships.subsidies.admin.claim_deeds import BY_NAME, DEEDS, ClaimDeeds
from internships.subsidies.admin.claim_filters import (
    ClaimStateFilter,
    HeldFilter,
    HostFilter,
    RoundFilter,
    SchemeFilter,
    UnitFilter,
)
from internships.subsidies.enums import ENDED_WITHOUT_PAY
from internships.subsidies.models import Claim
from internships.subsidies.selectors.claim_case import claim_case, paper_of
from internships.subsidies.selectors.queues import queue_of
from internships.subsidies.templatetags.notices import plain_number
from wenxi_portal.core.admin.labels import badge, label
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed
from wenxi_portal.core.money import money
from wenxi_portal.reminders.admin.why import TellsWhyReminded


@admin.register(Claim)
class ClaimAdmin(ClaimDeeds, TellsWhyReminded, AsksBeforeDeed, PortalModelAdmin):  # type: ignore[misc]
    """Claims. Nothing is typed over: every change is a deed with its own page."""

    list_display = (
        "shown_number", "student", "scheme", "host", "shown_amount", "shown_state", "shown_held", "round", "starts_on",
        "due_on",
    )  # fmt: skip
    list_filter = (ClaimStateFilter, HeldFilter, SchemeFilter, UnitFilter, HostFilter, RoundFilter)
    list_select_related = ("student", "scheme", "host")
    search_fields = ("number", "student__name", "host__name")
    search_help_text = gettext_lazy("Number, name of student or host")
    ordering = ("-pk",)
    # The page of the claim is the student's own.
    view_on_site = False
    fields = (
        ("shown_number", "shown_state"), ("student", "level"), ("scheme", "policy"), ("host", "lead_unit"),
        ("starts_on", "ends_on"), ("shown_months", "shown_amount"), ("shown_account", "due_on"),
    )  # fmt: skip
    readonly_fields = (
        "shown_number", "shown_state", "student", "level", "scheme", "policy", "host", "lead_unit", "starts_on",
        "ends_on", "shown_months", "shown_amount", "shown_account", "due_on",
    )  # fmt: skip
    change_form_outer_before_template = "admin/subsidies/claim_standing.html"
    change_form_outer_after_template = "admin/subsidies/claim_case.html"
    actions_detail = (*(deed.name for deed in DEEDS), "why_reminded")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        """Own claims, with how many open findings hold each."""
        held = Count("flags", filter=Q(flags__cleared_at__isnull=True) & ~Q(state__in=ENDED_WITHOUT_PAY))
        found: QuerySet[Claim] = super().get_queryset(request)
        return found.annotate(held=held)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The portal prepares claims."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is typed over: see the buttons."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Add the proofs."""
        paper = self.admin_site.admin_view(self.paper_view)
        return [
            path("<int:pk>/papers/<uuid:identifier>/", paper, name="subsidies_claim_paper"),
            *super().get_urls(),
        ]

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """The deeds that the present state allows."""
        claim = self.visible_or_404(request, str(object_id))
        names = {name for name, deed in BY_NAME.items() if deed.is_open(request.user, claim)}
        if not claim.held:
            names -= {"settle"}
        ours = {f"subsidies_claim_{name}" for name in (*names, "why_reminded")}
        theirs = {f"subsidies_claim_{name}" for name in BY_NAME} - ours
        return [one for one in super().get_actions_detail(request, object_id) if one.action_name not in theirs]

    def paper_view(self, request: HttpRequest, pk: int, identifier: Any) -> HttpResponse:
        """Hand out a proof to whoever sees the claim."""
        paper = paper_of(self.visible_or_404(request, str(pk)), identifier)
        if paper is None:
            raise Http404
        return FileResponse(**read_paper(paper=paper, actor=request.user))  # type: ignore[arg-type,return-value]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add the whole claim below the facts."""
        claim = kwargs.get("obj")
        if claim is not None:
            may_reveal = request.user.has_perm("subsidies.reveal_bankaccount")
            queue = queue_of(claim)
            context |= {
                "record_state": self.shown_state(claim), "may_reveal": may_reveal, "held": claim.held,
                "queue": queue if queue and request.user.has_perm(queue.permission) else None, **claim_case(claim),
            }  # fmt: skip
        return super().render_change_form(request, context, *args, **kwargs)

    @display(description=gettext_lazy("claim number"))
    def shown_number(self, claim: Claim) -> str:
        """The number by which everybody names it."""
        return claim.number

    @display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, claim: Claim) -> SafeString:
        """The state as colour, icon and word."""
        return badge(claim.badge, claim.get_state_display())

    @display(description=gettext_lazy("amount in yuan"), ordering="amount")
    def shown_amount(self, claim: Claim) -> str:
        """The amount as it is written."""
        return money(claim.amount)

    @display(description=gettext_lazy("months"))
    def shown_months(self, claim: Claim) -> str:
        """Months of the person's cap, without needless zeros."""
        return plain_number(claim.months)

    @display(description=pgettext_lazy("claim", "held"))
    def shown_held(self, claim: Claim) -> SafeString | str:
        """Whether findings hold it."""
        count = getattr(claim, "held", 0)
        return label("danger", "front_hand", _("%(count)d open") % {"count": count}) if count else "—"

    @display(description=gettext_lazy("bank account"), empty_value="—")
    def shown_account(self, claim: Claim) -> SafeString | None:
        """Bank and masked number."""
        return format_html("{} · {}", claim.account, claim.account.holder) if claim.account else None
