"""Auditor's packs: asked for, made in the background, downloaded on record."""

from functools import partial
from io import BytesIO
from typing import Any

from django.contrib import admin, messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from internships.admin.parts import ShowsPages
from internships.subsidies.admin.parts import ReadsOnly, fingerprint
from internships.subsidies.enums import PackScope, PackState
from internships.subsidies.forms.payments import PackForm
from internships.subsidies.models import AuditPack
from internships.subsidies.services.auditor_pack import ask_for_pack, make_pack_again, read_pack
from wenxi_portal.core.admin.labels import label
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed, NothingAsked
from wenxi_portal.core.errors import DomainError

ADD = "subsidies.add_auditpack"
TONES = {
    PackState.WAITING: ("info", "hourglass_top"),
    PackState.MADE: ("success", "verified"),
    PackState.FAILED: ("danger", "error"),
}


@admin.register(AuditPack)
class AuditPackAdmin(ShowsPages, AsksBeforeDeed, ReadsOnly):
    """Who asked for which pack, and what for."""

    list_display = ("shown_name", "shown_state", "claims", "reveals", "asked_by", "asked_at")
    list_select_related = ("student", "batch", "asked_by")
    search_fields = ("reason", "student__name", "batch__number", "head")
    fields = ("scope", "student", "batch", "starts_on", "ends_on", "shown_state", "claims", "reveals", "reason",
              "asked_by", "asked_at", "made_at", "shown_head", "shown_check")  # fmt: skip
    readonly_fields = fields
    actions_list = ("ask",)
    actions_detail = ("download", "make_again")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the packs themselves."""
        return super().get_queryset(request).defer("content")

    def has_ask_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Whether the person may have packs made."""
        return request.user.has_perm(ADD)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Download what is made; have made again what could not be."""
        ways = {PackState.MADE: {"download"}, PackState.FAILED: {"make_again"}}
        return self.only_buttons(request, object_id, ways.get(self.record(request, object_id).state, set()))

    @action(description=gettext_lazy("Have a pack made"), url_path="ask", icon="folder_zip", permissions=["ask"])
    def ask(self, request: HttpRequest) -> HttpResponse:
        """Say what it is about."""

        def perform(**values: Any) -> AuditPack:
            return ask_for_pack(actor=request.user, **{**values, "scope": PackScope(values["scope"])})  # type: ignore[arg-type]

        deed = Deed(
            title=_("Have a pack made"), button=_("Have it made"), form=PackForm, perform=perform,
            done=_("The pack is being made. Reload this page in a moment."),
            explanation=_("One file with claim, proofs, arithmetic, reviews, notice, payment and history; it can be "
                          "verified with a small command."),
            back=reverse("admin:subsidies_auditpack_changelist"),
        )  # fmt: skip
        return self.deed_view(request, AuditPack(), deed, permission=ADD)

    @action(description=gettext_lazy("Download"), url_path="download", icon="download", variant=ActionVariant.PRIMARY)
    def download(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Hand the pack out."""
        pack = self.record(request, object_id)
        try:
            content = read_pack(pack=pack, actor=request.user)  # type: ignore[arg-type]
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(change_url(pack))
        return FileResponse(
            BytesIO(content), as_attachment=True, filename=self._file_name(pack), content_type="application/zip"
        )  # type: ignore[return-value]

    @action(description=gettext_lazy("Have it made again"), url_path="again", icon="replay",
            variant=ActionVariant.PRIMARY, permissions=["ask"])  # fmt: skip
    def make_again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Try once more what could not be made."""
        pack = self.record(request, object_id)
        deed = Deed(
            title=_("Have it made again"), button=_("Have it made"), form=NothingAsked,
            perform=partial(make_pack_again, pack=pack, actor=request.user),  # type: ignore[arg-type]
            done=_("The pack is being made. Reload this page in a moment."),
        )  # fmt: skip
        return self.deed_view(request, pack, deed, permission=ADD)

    def _file_name(self, pack: AuditPack) -> str:
        return f"audit-{pack.pk}-{pack.head[:12]}.zip"

    @display(description=gettext_lazy("about"))
    def shown_name(self, pack: AuditPack) -> str:
        """What it is about."""
        return str(pack)

    @display(description=gettext_lazy("fingerprint of the pack"))
    def shown_head(self, pack: AuditPack) -> SafeString:
        """To be told by another way."""
        return fingerprint(pack.head)

    @display(description=gettext_lazy("how to verify it"))
    def shown_check(self, pack: AuditPack) -> str:
        """The command, once there is something to verify."""
        if pack.state != PackState.MADE:
            return "—"
        command = f"python manage.py verify_pack {self._file_name(pack)}"
        words = _("Run: %(command)s. Tell the fingerprint by another way than the file.")
        return words % {"command": command}

    @display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, pack: AuditPack) -> SafeString:
        """Colour, icon and word."""
        return label(*TONES[PackState(pack.state)], pack.get_state_display())
