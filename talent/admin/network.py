"""Channels, introductions and township collectors in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from talent.models import Channel, Introduction, Person, TownshipCollector
from talent.services.network import introduce, save_channel
from wenxi_portal.core.admin.exports import ExportsWhatItShows
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.saving import SavesThroughService, ServiceForm


class ChannelForm(ServiceForm):
    """A channel."""

    class Meta:
        model = Channel
        fields = ("kind", "name", "place", "university", "founded_on", "note", "is_active")


@admin.register(Channel)
class ChannelAdmin(SavesThroughService, ExportsWhatItShows, PortalModelAdmin):
    """Service stations, alumni associations, groups: the N of 1+8+N."""

    form = ChannelForm
    list_display = ("name", "kind", "place", "university", "shown_members", "is_active")
    list_filter = ("kind", "is_active")
    list_select_related = ("university",)
    search_fields = ("name", "place")
    autocomplete_fields = ("university",)
    fields = (("name", "kind"), ("place", "university"), ("founded_on", "is_active"), "note", "expected_revision")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Channel]:
        """Channels with the number of people in each."""
        return super().get_queryset(request).annotate(members=Count("member_links"))

    def save_by_service(self, request: HttpRequest, form: ChannelForm, formsets: Any) -> None:
        """Write the channel."""
        save_channel(
            channel=form.instance,
            actor=request.user,  # type: ignore[arg-type]
            expected_revision=form.cleaned_data["expected_revision"],
        )

    @display(description=_("people"), ordering="members")
    def shown_members(self, channel: Channel) -> int:
        """How many take part."""
        return channel.members  # type: ignore[attr-defined]


class IntroductionForm(ServiceForm):
    """Who introduced whom."""

    class Meta:
        model = Introduction
        fields = ("introducer", "introduced", "on", "note")


@admin.register(Introduction)
class IntroductionAdmin(SavesThroughService, PortalModelAdmin):
    """Introductions: entered once, never rewritten."""

    form = IntroductionForm
    list_display = ("introducer", "introduced", "on", "note")
    list_select_related = ("introducer", "introduced")
    autocomplete_fields = ("introducer", "introduced")
    search_fields = ("introducer__name", "introduced__name")
    fields = (("introducer", "introduced"), "on", "note", "expected_revision")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer own people in use: a number typed into the address must not bring up somebody else's."""
        kwargs["queryset"] = Person.objects.active().visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by either name."""
        return super(PortalModelAdmin, self).get_search_results(request, queryset, search_term)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What happened stays as it was entered."""
        return False

    def save_by_service(self, request: HttpRequest, form: IntroductionForm, formsets: Any) -> None:
        """Keep the introduction."""
        values = {name: form.cleaned_data[name] for name in ("introducer", "introduced", "on", "note")}
        form.instance.pk = introduce(actor=request.user, **values).pk  # type: ignore[arg-type]


@admin.register(TownshipCollector)
class TownshipCollectorAdmin(PortalModelAdmin):
    """Who gathers the people of which township."""

    list_display = ("township", "user")
    list_select_related = ("user",)
    search_fields = ("township", "user__name")
    fields = ("user", "township")
