"""Policies on the desk: a draft in fields, tried on last year's stays, approved by a second person."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from internships.admin.parts import ShowsPages
from internships.subsidies.admin.policy_fields import fieldsets_of
from internships.subsidies.admin.policy_filters import PolicyStateFilter, SchemeFilter
from internships.subsidies.admin.policy_trial import TriesPolicies
from internships.subsidies.enums import PolicyState
from internships.subsidies.forms.policy import PolicyForm, RemarkForm, WhyForm
from internships.subsidies.models import Policy, PolicyHost
from internships.subsidies.selectors.describing import described, period_words
from internships.subsidies.services.policy import (
    approve_policy,
    copy_policy,
    discard_policy,
    propose_policy,
    save_policy,
    send_back_policy,
)
from wenxi_portal.core.admin.inlines import PartOfRecord
from wenxi_portal.core.admin.labels import badge
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed, NothingAsked
from wenxi_portal.core.admin.saving import SavesThroughService, kept_rows
from wenxi_portal.reminders.admin.why import TellsWhyReminded

ADD, CHANGE, APPROVE = "subsidies.add_policy", "subsidies.change_policy", "subsidies.approve_policy"


class HostOfPolicy(PartOfRecord):
    """The hosts a policy is limited to; none means all."""

    model = PolicyHost
    autocomplete_fields = ("host",)
    verbose_name_plural = gettext_lazy("Only for these hosts (none: for all)")


@admin.register(Policy)
class PolicyAdmin(TellsWhyReminded, TriesPolicies, ShowsPages, SavesThroughService, AsksBeforeDeed, PortalModelAdmin):  # type: ignore[misc]
    """Versions of policies. An approved one is never edited: a newer one takes its place."""

    form = PolicyForm
    inlines = (HostOfPolicy,)
    list_display = ("scheme", "version", "title", "shown_state", "document_number", "shown_period", "is_sample")
    list_filter = (SchemeFilter, PolicyStateFilter)
    list_select_related = ("scheme",)
    ordering = ("scheme__order", "scheme_id", "-version")
    search_fields = ("title", "document_number")
    change_form_outer_before_template = "admin/bases/record_head.html"
    change_form_outer_after_template = "admin/subsidies/policy_parts.html"
    actions_detail = ("try_out", "propose", "approve", "send_back", "copy_version", "discard", "why_reminded")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One's own draft alone: whoever approves has written nothing of it."""
        return super().has_change_permission(request, obj) and (obj is None or _is_own_draft(obj, request))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The fields of the scheme's kind; for a version that cannot be edited what is told of it below."""
        return fieldsets_of(obj, may_edit=obj is None or self.has_change_permission(request, obj))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A version stays with its scheme."""
        return ("scheme",) if obj is not None else ()

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Hosts in the form; a version that cannot be edited names them below."""
        return self.inlines if obj is None or self.has_change_permission(request, obj) else ()

    def view_on_site(self, obj: Policy) -> str | None:  # type: ignore[override]
        """The public page, once approved."""
        return obj.get_absolute_url() if obj.state == PolicyState.APPROVED else None

    def save_by_service(self, request: HttpRequest, form: Any, formsets: Any) -> None:
        """Write the draft."""
        hosts = [row["host"] for formset in formsets for row in kept_rows(formset)]
        save_policy(
            policy=form.instance, hosts=hosts, actor=request.user,  # type: ignore[arg-type]
            expected_revision=form.cleaned_data.get("expected_revision"),
        )  # fmt: skip

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add the state above the form, and below it what the version says and how it came here."""
        policy = kwargs.get("obj")
        if policy is not None:
            changes = policy.state_changes.select_related("actor")
            context |= {
                "record_state": self.shown_state(policy),
                "parts": described(policy),
                "timeline": [(change, PolicyState(change.to_state).label) for change in changes],
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """What the present state and the person's part allow."""
        policy = self.record(request, object_id)
        names = {"try_out", "why_reminded"}
        if request.user.has_perm(ADD):
            names.add("copy_version")
        if policy.state == PolicyState.DRAFT and _is_own_draft(policy, request) and request.user.has_perm(CHANGE):
            names |= {"propose", "discard"}
        if policy.state == PolicyState.PROPOSED and request.user.has_perm(APPROVE):
            names |= {"send_back", "discard"}
            names |= {"approve"} if policy.drafted_by_id != request.user.pk else set()
        return self.only_buttons(request, object_id, names)

    @action(description=gettext_lazy("Try it on last year’s stays"), url_path="try", icon="science")
    def try_out(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to the trial."""
        return HttpResponseRedirect(reverse("admin:subsidies_policy_trial", args=[object_id]))

    @action(
        description=gettext_lazy("Propose for approval"), url_path="propose", icon="send",
        variant=ActionVariant.PRIMARY,
    )  # fmt: skip
    def propose(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Hand it to a second person."""
        return self._deed(
            request, object_id, propose_policy, CHANGE,
            title=_("Propose for approval"), button=_("Propose"), form=NothingAsked, done=_("It waits for approval."),
            explanation=_("A second person looks at it and approves it, or sends it back."),
        )  # fmt: skip

    @action(
        description=gettext_lazy("Approve"), url_path="approve", icon="verified", variant=ActionVariant.PRIMARY
    )  # fmt: skip
    def approve(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Let it come into force."""
        return self._deed(
            request, object_id, approve_policy, APPROVE,
            title=_("Approve the policy"), button=_("Approve"), form=RemarkForm, done=_("It is approved."),
            explanation=_(
                "From then on it is never edited. The version before it ends on the day before this one begins; open"
                " claims for days that it covers are worked out and reviewed anew."
            ),
        )  # fmt: skip

    @action(description=gettext_lazy("Send back"), url_path="send-back", icon="undo")
    def send_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Give it back with a reason."""
        return self._deed(
            request, object_id, send_back_policy, APPROVE,
            title=_("Send the policy back"), button=_("Send back"), form=WhyForm, done=_("It is a draft again."),
        )  # fmt: skip

    @action(description=gettext_lazy("Discard"), url_path="discard", icon="block")
    def discard(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Put it aside."""
        return self._deed(
            request, object_id, discard_policy, CHANGE,
            title=_("Discard this version"), button=_("Discard"), form=WhyForm, done=_("It is put aside."),
            danger=True,
        )  # fmt: skip

    @action(description=gettext_lazy("Draft a newer version"), url_path="copy", icon="content_copy")
    def copy_version(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Begin a draft with the same values."""
        return self._deed(
            request, object_id, copy_policy, ADD,
            title=_("Draft a newer version"), button=_("Draft it"), form=NothingAsked,
            done=_("This is the new draft. Set its first day and what changes."),
        )  # fmt: skip

    @display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, policy: Policy) -> SafeString:
        """The state as colour, icon and word."""
        return badge(policy.badge, policy.get_state_display())

    @display(description=gettext_lazy("in force"), ordering="valid_from")
    def shown_period(self, policy: Policy) -> str:
        """The days on which it holds, and whether today is one of them."""
        words, today = period_words(policy), timezone.localdate()
        holds = policy.valid_from <= today and (policy.valid_until is None or policy.valid_until >= today)
        if policy.state == PolicyState.APPROVED and holds:
            return _("%(period)s (in force today)") % {"period": words}
        return words

    def _deed(
        self, request: HttpRequest, object_id: str, verb: Any, permission: str, **words: Any
    ) -> HttpResponse:  # fmt: skip
        policy = self.record(request, object_id)
        deed = Deed(perform=partial(verb, policy=policy, actor=request.user), **words)
        return self.deed_view(request, policy, deed, permission=permission)


def _is_own_draft(policy: Policy, request: HttpRequest) -> bool:
    return policy.state == PolicyState.DRAFT and policy.drafted_by_id == request.user.pk
