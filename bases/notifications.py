"""Under which heading one chooses how to be told of bases and their agreements."""

from django.utils.translation import gettext_lazy as _

from wenxi_portal.notifications.kinds import area

area(_("Bases and agreements"), "bases.reminders")
