"""A list as somebody wants to see it again."""

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.core.models import Timestamped
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.saved_views.querysets import SavedViewQuerySet


class SavedView(Timestamped):
    """Filters, search words and order of one list under a name: a saved search, when its owner is told of new rows.

    ``params`` holds what the list understood when the view was kept, as name and list of values. ``looks`` counts the
    looks that found something new: the number is what a message is about. ``trouble`` says why the last look failed.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="saved_views"
    )
    listing = models.CharField(_("list"), max_length=80)
    name = models.CharField(_("name"), max_length=60)
    params = models.JSONField(default=dict, blank=True)
    shared_with = models.ForeignKey(
        Organisation,
        verbose_name=_("shared with"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="shared_views",
    )
    tells = models.BooleanField(_("tells me of new rows"), default=False)
    looks = models.PositiveIntegerField(default=0, editable=False)
    looked_at = models.DateTimeField(_("looked at last"), null=True, blank=True, editable=False)
    trouble = models.CharField(pgettext_lazy("saved view", "trouble"), max_length=300, blank=True, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["listing", "name", "pk"]
        indexes = [
            models.Index(fields=["looked_at"], name="saved_views_telling", condition=Q(tells=True)),
            models.Index(fields=["shared_with", "listing"], name="saved_views_shared"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "listing", "name"],
                name="saved_views_name_once",
                violation_error_message=_("You have a view of this list under that name already."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="saved_views_name", violation_error_message=_("Give the view a name.")
            ),
            models.CheckConstraint(
                condition=Exact(Func(F("params"), function="jsonb_typeof", output_field=TextField()), Value("object")),
                name="saved_views_params",
            ),
            models.CheckConstraint(
                condition=Q(tells=False) | Q(looked_at__isnull=False), name="saved_views_tells_since"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SeenRow(models.Model):
    """A row that a look of a view has met: it is new once. ``look`` 0 is what was there before anybody was told."""

    view = models.ForeignKey(SavedView, on_delete=models.PROTECT, related_name="seen_rows")
    record = models.BigIntegerField()
    look = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("row seen")
        verbose_name_plural = _("rows seen")
        ordering = ["pk"]
        indexes = [models.Index(fields=["view", "look"], name="saved_views_seen_look")]
        constraints = [models.UniqueConstraint(fields=["view", "record"], name="saved_views_seen_once")]

    def __str__(self) -> str:
        return f"{self.view_id}: {self.record}"
