"""Outgoing messages: what waits, what failed and why. The words are shown to their readers only."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.decorators import action, display

from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.core.admin.labels import badge
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed, NothingAsked
from wenxi_portal.notifications import kinds
from wenxi_portal.notifications.channels.addresses import shown_address
from wenxi_portal.notifications.enums import Channel, MessageState
from wenxi_portal.notifications.models import Message
from wenxi_portal.notifications.services.delivery import try_again


class StateFilter(ChoiceFilter):
    """By state."""

    title = pgettext_lazy("message", "state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """The states."""
        return MessageState.choices

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Messages in the state."""
        return queryset.filter(state=value)


class ChannelFilter(ChoiceFilter):
    """By channel."""

    title = pgettext_lazy("message", "channel")
    parameter_name = "channel"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """The channels."""
        return Channel.choices

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Messages by the channel."""
        return queryset.filter(channel=value)


class KindFilter(ChoiceFilter):
    """By what they tell."""

    title = pgettext_lazy("message", "kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """The kinds that the rooms declare."""
        return [(kind.name, kind.label) for kind in kinds.all_kinds()]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Messages of the kind."""
        return queryset.filter(kind=value)


@admin.register(Message)
class MessageAdmin(AsksBeforeDeed, PortalModelAdmin):
    """Every message with its way: by which channel, in which state, how often tried, what went wrong."""

    list_display = (
        "created_at", "shown_kind", "channel", "shown_address", "shown_state", "attempts", "sent_at", "last_error",
    )  # fmt: skip
    list_filter = (StateFilter, ChannelFilter, KindFilter)
    list_select_related = ("recipient",)
    search_fields = ("recipient__name", "last_error")
    fields = (
        "shown_kind", ("channel", "shown_address"), ("shown_state", "in_digest"), ("attempts", "next_attempt_at"),
        ("created_at", "sent_at", "read_at"), "last_error", "shown_recordings",
    )  # fmt: skip
    readonly_fields = (
        "shown_kind", "channel", "shown_address", "shown_state", "in_digest", "attempts", "next_attempt_at",
        "created_at", "sent_at", "read_at", "last_error", "shown_recordings",
    )  # fmt: skip
    actions_detail = ("retry",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Messages are written by deeds."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        """Messages are never edited."""
        return False

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Another try only for what was given up."""
        message = self.get_object(request, str(object_id))
        may = request.user.has_perm("notifications.retry_message")
        if message is None or not may or message.state != MessageState.GIVEN_UP:
            return []
        return super().get_actions_detail(request, object_id)

    @action(description=_("Try again"), url_path="retry", icon="replay")
    def retry(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Let the message wait once more."""
        message = self.visible_or_404(request, object_id)
        deed = Deed(
            title=_("Try again"),
            button=_("Try again"),
            form=NothingAsked,
            perform=partial(self._retry, request, message),
            done=_("The message leaves within a minute."),
        )
        return self.deed_view(request, message, deed, permission="notifications.retry_message")

    @display(description=pgettext_lazy("message", "kind"), ordering="kind")
    def shown_kind(self, message: Message) -> str:
        """The kind in words."""
        return message.kind_label

    @display(description=pgettext_lazy("message", "recipient"))
    def shown_address(self, message: Message) -> str:
        """Whom it reaches where, masked."""
        return f"{message.recipient} · {shown_address(message.recipient, Channel(message.channel))}"

    @display(description=pgettext_lazy("message", "state"), ordering="state")
    def shown_state(self, message: Message) -> SafeString:
        """The state as colour, icon and word."""
        return badge(message.badge, message.get_state_display())

    @display(description=_("recorded instead of sent"))
    def shown_recordings(self, message: Message) -> SafeString | str:
        """What the recording channel took, numbers masked."""
        rows = [(each.address, each.text) for each in message.recordings.all()]
        return format_html_join("", "<p><strong>{}</strong></p><pre>{}</pre>", rows) or "—"

    def _retry(self, request: HttpRequest, message: Message) -> Message:
        again = try_again(message=message)
        self.admin_site.record_deed(request, "changed", message, retry=True)  # type: ignore[attr-defined]
        return again
