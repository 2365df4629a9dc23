"""The sentence that keeps an account open while something is open in its name."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wenxi_portal.accounts.belongings import belongings_of
from wenxi_portal.accounts.models import User
from wenxi_portal.core.wording import comma, word_list


def why_not_leave(user: User, *, organisation_id: int | None = None) -> SafeString | None:
    """Return what must be handed over first, with links; None when nothing is open."""
    found = belongings_of(user, organisation_id=organisation_id)
    if not found:
        return None
    # One link for each place, in the order in which the rooms declare.
    links = {each.url: _("Hand over") for each in found if each.url}
    return format_html(
        _("{} still has {}. Whoever may hand over gives it to somebody else first: {}"),
        user,
        word_list(each.words for each in found),
        format_html_join(comma(), '<a class="portal-link" href="{}">{}</a>', links.items()),
    )
