"""What a student has filled in of the profile so far."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from internships.querysets import PROFILE_DRAFT_CONTEXT
from wenxi_portal.core.fields import SealedTextField
from wenxi_portal.core.models import Timestamped


class ProfileDraft(Timestamped):
    """The answers given before the profile is complete, as JSON, sealed: they hold an ID number.

    It belongs to nobody but its account, is shown to nobody else and goes when the profile is made. It keeps no
    history: what was typed and changed before anything was sent is nobody's business.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.PROTECT, related_name="profile_draft"
    )
    content = SealedTextField(_("answers"), context=PROFILE_DRAFT_CONTEXT)

    class Meta:
        verbose_name = _("draft of a profile")
        verbose_name_plural = _("drafts of profiles")

    def __str__(self) -> str:
        return str(self.pk)
