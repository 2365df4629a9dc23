"""Who belongs together: channels, and who introduced whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talent.enums import ChannelKind
from talent.models.person import Person
from talent.querysets import IntroductionQuerySet
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Revisioned, Timestamped
from wenxi_portal.organisations.models import Organisation


@tracked(exclude=["updated_at"])
class Channel(Revisioned, Timestamped):
    """A service station, an alumni association or a group: the N of 1+8+N."""

    kind = models.CharField(pgettext_lazy("channel", "kind"), max_length=8, choices=ChannelKind)
    name = models.CharField(_("name"), max_length=120, unique=True)
    place = models.CharField(_("place"), max_length=60, blank=True)
    university = models.ForeignKey(
        Organisation,
        verbose_name=_("university"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"kind": "university"},
        related_name="channels",
    )
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    is_active = models.BooleanField(_("at work"), default=True)
    is_demo = models.BooleanField(_("demo record"), default=False, editable=False)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name


@tracked()
class ChannelMember(models.Model):
    """A person takes part in a channel."""

    channel = models.ForeignKey(
        Channel, verbose_name=_("channel"), on_delete=models.PROTECT, related_name="member_links"
    )
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="channel_links")
    part = models.CharField(_("part played"), max_length=60, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of a channel")
        verbose_name_plural = _("members of a channel")
        ordering = ["channel", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "person"],
                name="talent_channelmember_once",
                violation_error_message=_("This person takes part already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.person}"


@tracked()
class Introduction(models.Model):
    """One person introduced another to the county."""

    introducer = models.ForeignKey(
        Person, verbose_name=_("who introduced"), on_delete=models.PROTECT, related_name="introductions_made"
    )
    introduced = models.ForeignKey(
        Person, verbose_name=_("who was introduced"), on_delete=models.PROTECT, related_name="introductions_received"
    )
    on = models.DateField(_("on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("people", "introduction")
        verbose_name_plural = pgettext_lazy("people", "introductions")
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["introducer", "introduced"],
                name="talent_introduction_once",
                violation_error_message=_("This introduction is on file already."),
            ),
            models.CheckConstraint(
                condition=~Q(introducer=F("introduced")),
                name="talent_introduction_of_others",
                violation_error_message=_("Nobody introduces himself or herself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.introducer} → {self.introduced}"


class TownshipCollector(models.Model):
    """An officer who gathers the people of one township, and sees only those."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        related_name="collected_townships",
    )
    township = models.CharField(_("township"), max_length=30)

    class Meta:
        verbose_name = _("township collector")
        verbose_name_plural = _("township collectors")
        ordering = ["township", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "township"], name="talent_collector_once")]

    def __str__(self) -> str:
        return f"{self.township}: {self.user}"
