"""Payment batches: put together, sealed, released, settled. Who does what next stands above the lines."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from internships.admin.parts import ShowsPages
from internships.subsidies.admin.batch_pages import ResultPages
from internships.subsidies.admin.parts import ReadsOnly, fingerprint, yuan
from internships.subsidies.enums import BankFileKind, BatchState
from internships.subsidies.forms.payments import DraftForm, FileForm, WhyForm
from internships.subsidies.models import Claim, PaymentBatch
from internships.subsidies.querysets import sees_every_claim
from internships.subsidies.selectors.batch_steps import batch_steps
from internships.subsidies.selectors.batches import lines_of
from internships.subsidies.selectors.payable import payable_claims
from internships.subsidies.services.bank_files import OF_RELEASED, OF_SEALED, hand_out
from internships.subsidies.services.batch import (
    add_claims,
    cancel_batch,
    draft_batch,
    release_batch,
    remove_claims,
    seal_batch,
)
from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.core.admin.labels import badge
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed, NothingAsked
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.pagination import page_links
from wenxi_portal.reminders.admin.why import TellsWhyReminded

DRAFT, SEAL, RELEASE = "subsidies.add_paymentbatch", "subsidies.seal_paymentbatch", "subsidies.release_paymentbatch"
CANCEL, FILES = "subsidies.change_paymentbatch", "subsidies.release_paymentbatch"
LINES_A_PAGE = 50


class BatchStateFilter(ChoiceFilter):
    """States."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every state."""
        return list(BatchState.choices)

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """One state."""
        return queryset.filter(state=value)


@admin.register(PaymentBatch)
class PaymentBatchAdmin(TellsWhyReminded, ResultPages, ShowsPages, AsksBeforeDeed, ReadsOnly):
    """Batches with their lines; nothing is typed over."""

    list_display = ("shown_number", "title", "budget_line", "shown_state", "count", "shown_total", "drafted_by",
                    "sealed_at", "released_at")  # fmt: skip
    list_filter = (BatchStateFilter, "budget_line")
    list_select_related = ("budget_line", "drafted_by", "sealed_by", "released_by")
    search_fields = ("number", "title")
    fields = ("shown_number", "title", "budget_line", "shown_state", "count", "shown_total", "drafted_by",
              "shown_sealed", "sealed_at", "shown_released", "released_at", "shown_hash")  # fmt: skip
    readonly_fields = fields
    actions_list = ("draft", "to_reports", "to_forecast")
    actions_detail = ("seal", "release", "read_bank_result", "files", "add_more", "cancel", "why_reminded")
    change_form_outer_before_template = "admin/subsidies/batch_steps.html"
    change_form_outer_after_template = "admin/subsidies/batch_lines.html"

    def get_urls(self) -> list[Any]:
        """Add the page on which a line is taken out of a draft, and those of reports."""
        page = self.admin_site.admin_view
        return [
            path("<int:pk>/lines/<int:claim>/remove/", page(self.remove_view), name="subsidies_paymentbatch_remove"),
            *super().get_urls(),
        ]

    def has_draft_permission(self, request: HttpRequest) -> bool:
        """Whether the person puts batches together."""
        return request.user.has_perm(DRAFT)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """What the state allows and the person may do."""
        batch, user = self.record(request, object_id), request.user
        states = BatchState
        allowed = {
            "seal": batch.state == states.DRAFT and user.has_perm(SEAL),
            "add_more": batch.state == states.DRAFT and user.has_perm(DRAFT),
            "release": batch.state == states.SEALED and user.has_perm(RELEASE),
            "cancel": batch.state in {states.DRAFT, states.SEALED} and user.has_perm(CANCEL),
            "read_bank_result": batch.state in OF_RELEASED and user.has_perm(RELEASE),
            "files": batch.state in OF_SEALED and user.has_perm(FILES),
            "why_reminded": True,
        }
        return self.only_buttons(request, object_id, {name for name, may in allowed.items() if may})

    @action(description=gettext_lazy("Put a batch together"), url_path="draft", icon="playlist_add",
            permissions=["draft"])  # fmt: skip
    def draft(self, request: HttpRequest) -> HttpResponse:
        """Choose the cleared claims of one budget line by filters."""

        def perform(**values: Any) -> PaymentBatch:
            batch, left_out = draft_batch(
                title=values["title"], budget_line=values["budget_line"], wanted=DraftForm.wanted(values),
                actor=request.user,  # type: ignore[arg-type]
            )  # fmt: skip
            if left_out:
                words = ngettext(
                    "%(count)d claim stays for another batch: a cap is reached.",
                    "%(count)d claims stay for another batch: a cap is reached.",
                    left_out,
                )
                messages.warning(request, words % {"count": left_out})
            return batch

        deed = Deed(
            title=_("Put a batch together"), button=pgettext("button", "Put together"), form=DraftForm, perform=perform,
            done=_("The batch is put together. Look at its lines, then seal it."),
            explanation=_("Every claim that is cleared or corrected, not held and in no other batch goes in."),
            back=reverse("admin:subsidies_paymentbatch_changelist"),
        )  # fmt: skip
        return self.deed_view(request, PaymentBatch(), deed, permission=DRAFT)

    def _asked(self, request: HttpRequest, object_id: str, verb: Any, permission: str, **words: Any) -> HttpResponse:
        batch = self.record(request, object_id)
        perform = partial(verb, batch=batch, actor=request.user, expected=batch.state)
        deed = Deed(form=words.pop("form", NothingAsked), perform=perform, **words)
        return self.deed_view(request, batch, deed, permission=permission)

    @action(description=gettext_lazy("Seal"), url_path="seal", icon="lock", variant=ActionVariant.PRIMARY)
    def seal(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Fix the lines and set the money aside."""
        return self._asked(
            request, object_id, seal_batch, SEAL, title=_("Seal the batch"), button=_("Seal"),
            done=_("Sealed: the money is set aside. Finance releases it next."),
            explanation=_("Every claim is looked at once more. Afterwards no line can be changed."),
        )  # fmt: skip

    @action(description=gettext_lazy("Release to the bank"), url_path="release", icon="send",
            variant=ActionVariant.PRIMARY)  # fmt: skip
    def release(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Release what others have put together."""
        return self._asked(
            request, object_id, release_batch, RELEASE, title=_("Release the batch"), button=_("Release"),
            done=_("Released. Fetch the file for the bank."),
            explanation=_("You are the payer of every line. Whoever drafted, sealed or reviewed one cannot be."),
        )  # fmt: skip

    @action(description=gettext_lazy("Cancel the batch"), url_path="cancel", icon="block")
    def cancel(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Cancel before it went to the bank."""
        return self._asked(
            request, object_id, cancel_batch, CANCEL, title=_("Cancel the batch"), button=_("Cancel the batch"),
            form=WhyForm, done=_("Cancelled: its claims can go into another batch."), danger=True,
        )  # fmt: skip

    @action(description=gettext_lazy("Add what fits"), url_path="add-more", icon="add")
    def add_more(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Put every claim into the draft that has become ready since."""
        batch = self.record(request, object_id)
        ready = payable_claims(batch.budget_line)
        deed = Deed(
            title=_("Add what fits"), button=_("Add"), form=NothingAsked,
            perform=lambda: add_claims(batch=batch, claims=ready, actor=request.user),  # type: ignore[arg-type]
            done=_("What fits is in the batch."),
            explanation=ngettext("%(count)d claim is ready.", "%(count)d claims are ready.", ready.count())
            % {"count": ready.count()},
        )  # fmt: skip
        return self.deed_view(request, batch, deed, permission=DRAFT)

    @action(description=gettext_lazy("Files"), url_path="files", icon="download")
    def files(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Hand out the file for the bank, or the summary sheet for signature."""
        batch = self.record(request, object_id)
        if not request.user.has_perm(FILES):
            raise PermissionDenied
        form = FileForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            values = {**form.cleaned_data, "kind": BankFileKind(form.cleaned_data["kind"])}
            try:
                found = hand_out(batch=batch, actor=request.user, **values)  # type: ignore[arg-type]
            except (DomainError, ValidationError) as refusal:
                add_refusal(form, refusal)
            else:
                return FileResponse(
                    found.stream, as_attachment=True, filename=found.name, content_type=found.media_type
                )  # type: ignore[return-value]
        deed = Deed(title=_("Files of the batch"), button=_("Download"), form=FileForm, perform=lambda: None, done="",
                    explanation=_("Each download stays on record with its reason."))  # fmt: skip
        context = {"title": deed.title, "deed": deed, "form": form, "record": batch, "record_url": change_url(batch),
                   "original": batch, "media": self.media + form.media}  # fmt: skip
        return self.page(request, "admin/portal/deed.html", **context)

    def remove_view(self, request: HttpRequest, pk: int, claim: int) -> HttpResponse:
        """Take a claim out of a draft."""
        batch = self.record(request, pk)
        found = Claim.objects.filter(pk=claim, payment_lines__batch=batch).first()
        if found is None:
            raise Http404
        deed = Deed(
            title=_("Take the claim out"), button=_("Take out"), form=NothingAsked,
            perform=lambda: remove_claims(batch=batch, claims=[found], actor=request.user),  # type: ignore[arg-type]
            done=_("It is out of the batch and can go into another one."), explanation=found.number,
        )  # fmt: skip
        return self.deed_view(request, batch, deed, permission=DRAFT)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add steps, lines, files and what the bank sent."""
        batch = kwargs.get("obj")
        if batch is not None:
            lines: Any = lines_of(batch)
            if not sees_every_claim(request.user):
                lines = lines.visible_to(request.user)
            page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))
            context |= {
                "steps": batch_steps(batch),
                "lines": page,
                "page_links": page_links(page, request.GET),
                "may_remove": batch.state == BatchState.DRAFT and request.user.has_perm(DRAFT),
                "bank_files": batch.bank_files.all(),
                "results": batch.result_files.select_related("uploaded_by"),
                "moves": [
                    (move, BatchState(move.to_state).label) for move in batch.state_changes.select_related("actor")
                ],
            }
        return super().render_change_form(request, context, *args, **kwargs)

    @display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, batch: PaymentBatch) -> SafeString:
        """The state as colour, icon and word."""
        return badge(batch.badge, batch.get_state_display())

    @display(description=pgettext_lazy("payment batch", "number"), ordering="pk")
    def shown_number(self, batch: PaymentBatch) -> str:
        """Its number."""
        return batch.number

    @display(description=gettext_lazy("sealed by"))
    def shown_sealed(self, batch: PaymentBatch) -> str:
        """Who sealed it."""
        return str(batch.sealed_by or "—")

    @display(description=gettext_lazy("released by"))
    def shown_released(self, batch: PaymentBatch) -> str:
        """Who released it."""
        return str(batch.released_by or "—")

    @display(description=gettext_lazy("fingerprint of the lines"))
    def shown_hash(self, batch: PaymentBatch) -> SafeString:
        """Of the lines as they were sealed."""
        return fingerprint(batch.lines_hash)

    @display(description=gettext_lazy("total in yuan"), ordering="total")
    def shown_total(self, batch: PaymentBatch) -> str:
        """Yuan, once it is sealed."""
        return yuan(batch.total) if batch.lines_hash else "—"
