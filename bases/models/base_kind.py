"""One of the twelve official kinds of cooperation base."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bases.querysets import BaseKindQuerySet
from wenxi_portal.core.content_version import moves_content_version
from wenxi_portal.core.history import tracked
from wenxi_portal.organisations.models import Organisation


@tracked()
class BaseKind(models.Model):
    """A kind of the province's list of 2021, in its official order, with the unit that leads it.

    ``lead_unit_inferred`` is shown: the county has not published who leads that kind.
    """

    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80)
    description = models.TextField(_("description"), max_length=1000, blank=True)
    description_en = models.TextField(_("English description"), max_length=1000, blank=True)
    lead_unit = models.ForeignKey(
        Organisation,
        verbose_name=_("lead unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"kind": "lead_unit"},
        related_name="led_kinds",
    )
    lead_unit_inferred = models.BooleanField(_("lead unit is inferred"), default=False)

    objects = BaseKindQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of base")
        verbose_name_plural = _("kinds of base")
        ordering = ["number"]
        triggers = [moves_content_version(of_registers=True)]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="bases_kind_number_unique"),
            models.UniqueConstraint(fields=["name"], name="bases_kind_name_unique"),
            models.CheckConstraint(
                condition=Q(number__range=(1, 99)),
                name="bases_kind_number_range",
                violation_error_message=_("The number of a kind lies between 1 and 99."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def display_name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name
