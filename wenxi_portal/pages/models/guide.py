"""A guide (办事指南): what somebody needs to know before they come."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wenxi_portal.core.content_version import moves_content_version
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Timestamped
from wenxi_portal.pages.enums import GuideElement
from wenxi_portal.pages.querysets import GuideQuerySet


def _element(element: GuideElement, *, english: bool = False) -> "models.TextField[str, str]":
    label = format_lazy("{} ({})", element.label, _("English")) if english else element.label
    return models.TextField(label, max_length=2000, blank=True)


@tracked(exclude=["updated_at"])
class Guide(Timestamped):
    """One matter with all its elements; an empty element is not shown.

    Elements with several points hold one a line. ``sample_elements`` names those that no rule fixes: they are marked
    示例 wherever they are shown. English texts may be empty; the Chinese ones then stand in.
    """

    slug = models.SlugField(_("web address"), max_length=60)
    order = models.PositiveSmallIntegerField(_("position in the list"), default=100)
    title = models.CharField(_("title"), max_length=80)
    title_en = models.CharField(_("English title"), max_length=120, blank=True)
    summary = models.CharField(_("in one sentence"), max_length=200, blank=True)
    summary_en = models.CharField(_("in one sentence, in English"), max_length=300, blank=True)
    audience = _element(GuideElement.AUDIENCE)
    basis = _element(GuideElement.BASIS)
    conditions = _element(GuideElement.CONDITIONS)
    papers = _element(GuideElement.PAPERS)
    steps = _element(GuideElement.STEPS)
    time_limit = _element(GuideElement.TIME_LIMIT)
    fee = _element(GuideElement.FEE)
    result = _element(GuideElement.RESULT)
    contact = _element(GuideElement.CONTACT)
    audience_en = _element(GuideElement.AUDIENCE, english=True)
    basis_en = _element(GuideElement.BASIS, english=True)
    conditions_en = _element(GuideElement.CONDITIONS, english=True)
    papers_en = _element(GuideElement.PAPERS, english=True)
    steps_en = _element(GuideElement.STEPS, english=True)
    time_limit_en = _element(GuideElement.TIME_LIMIT, english=True)
    fee_en = _element(GuideElement.FEE, english=True)
    result_en = _element(GuideElement.RESULT, english=True)
    contact_en = _element(GuideElement.CONTACT, english=True)
    sample_elements = ArrayField(
        models.CharField(max_length=20, choices=GuideElement),
        verbose_name=_("elements marked as samples"),
        default=list,
        blank=True,
    )
    is_published = models.BooleanField(_("published"), default=False)
    published_on = models.DateField(_("published on"), null=True, blank=True)

    objects = GuideQuerySet.as_manager()

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
        ordering = ["order", "slug"]
        triggers = [moves_content_version()]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                name="pages_guide_slug_unique",
                violation_error_message=_("Another guide already has this web address."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_published=False) | models.Q(published_on__isnull=False),
                name="pages_guide_published_with_date",
                violation_error_message=_("A published guide has a date of publication."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the public page."""
        return reverse("pages:guide", args=[self.slug])

    @property
    def display_title(self) -> str:
        """The title in the reader's language, where an English one is on file."""
        return self.title_en if self.title_en and get_language() == "en" else self.title

    @property
    def display_summary(self) -> str:
        """The summary in the reader's language, where an English one is on file."""
        return self.summary_en if self.summary_en and get_language() == "en" else self.summary
