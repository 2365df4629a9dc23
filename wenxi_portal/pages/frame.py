"""The frame around every page: names, ways, switches, footer."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from wenxi_portal.accounts.permissions import demo_is_on
from wenxi_portal.core import preferences
from wenxi_portal.core.bilingual import marked_name
from wenxi_portal.notifications.selectors.inbox import unread_count
from wenxi_portal.pages import navigation
from wenxi_portal.pages.enums import DemoRole

_THEMES = {
    "auto": (gettext_lazy("As the system"), "theme"),
    "light": (gettext_lazy("Light"), "sun"),
    "dark": (gettext_lazy("Dark"), "moon"),
}
_LANGUAGE_TAGS = {"zh-hans": "zh-Hans", "en": "en"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A switch of the frame."""

    url: str
    label: str | Promise
    lang: str = ""
    icon: str = ""
    current: bool = False


class Frame:
    """Everything the base template needs, worked out when asked for."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.preferences = getattr(request, "preferences", None) or preferences.read(request)
        self.display = self.preferences.display
        self.theme = self.preferences.theme
        self.is_elder = self.display == "elder"
        self.lang = _LANGUAGE_TAGS[self.preferences.language]
        self.is_english = self.preferences.language == "en"

    @property
    def county(self) -> str:
        """The county's name in the reader's language."""
        return settings.PORTAL_COUNTY_EN if self.is_english else settings.PORTAL_COUNTY

    @property
    def site_name(self) -> str:
        """The portal's name in the reader's language."""
        return settings.PORTAL_SITE_NAME_EN if self.is_english else settings.PORTAL_SITE_NAME

    @property
    def organiser(self) -> str:
        """Who runs the portal."""
        return settings.PORTAL_ORGANISER_EN if self.is_english else settings.PORTAL_ORGANISER

    @property
    def description(self) -> str:
        """One sentence about the portal for search engines."""
        return _("Cooperation bases, agreements and universities of %(county)s.") % {"county": self.county}

    @cached_property
    def nav(self) -> list[navigation.NavItem]:
        """The main ways."""
        return navigation.items(navigation.MAIN, self.request.path)

    @property
    def elder_nav(self) -> list[navigation.NavItem]:
        """The four doors of elder mode."""
        return navigation.items(navigation.ELDER, self.request.path)

    @property
    def footer_nav(self) -> list[navigation.NavItem]:
        """The quiet ways at the foot."""
        return navigation.items(navigation.FOOTER, self.request.path)

    @cached_property
    def here(self) -> str:
        """This page's address without ``lang``, as a path with its query string."""
        query = self.request.GET.copy()
        query.pop("lang", None)
        return _join(self.request.path, query)

    @property
    def other_languages(self) -> list[Choice]:
        """Links that show this very page in another language."""
        return [
            Choice(self._switch("pages:language", lang=code), get_language_info(code)["name_local"], tag)
            for code, tag in _LANGUAGE_TAGS.items()
            if code != self.preferences.language
        ]

    @property
    def elder_url(self) -> str:
        """This page in elder mode."""
        return self._switch("pages:display", display="elder")

    @property
    def standard_url(self) -> str:
        """This page in the standard layout."""
        return self._switch("pages:display", display="standard")

    @property
    def themes(self) -> list[Choice]:
        """This page light, dark, or as the system is."""
        return [
            Choice(self._switch("pages:display", theme=name), label, icon=icon, current=name == self.theme)
            for name, (label, icon) in _THEMES.items()
        ]

    def _switch(self, view: str, **choice: str) -> str:
        return f"{reverse(view)}?{urlencode(choice | {'next': self.here})}"

    @property
    def canonical(self) -> str:
        """The one address of this page in this language: the path, without filters, ``lang`` for English only."""
        return self._absolute("lang=en" if self.is_english else "")

    @property
    def alternates(self) -> list[Choice]:
        """Addresses of this page in every language, for search engines."""
        chinese, english = self._absolute(""), self._absolute("lang=en")
        return [Choice(chinese, "", "zh-Hans"), Choice(english, "", "en"), Choice(chinese, "", "x-default")]

    def _absolute(self, query: str) -> str:
        return self.request.build_absolute_uri(self.request.path + (f"?{query}" if query else ""))

    @property
    def sign_in_url(self) -> str:
        """The sign-in page, whose address is the same on every page; empty when the portal has none."""
        if not navigation.exists("account_login"):
            return ""
        return reverse("account_login")

    @property
    def sign_out_url(self) -> str:
        """Where one signs out."""
        return reverse("account_logout")

    @cached_property
    def unread(self) -> int:
        """How many messages the person has not read."""
        return unread_count(self.request.user)

    @property
    def demo_roles(self) -> list[tuple[str, str]]:
        """As whom one may enter the demonstration: value and label; none outside it."""
        return [(role.value, str(role.label)) for role in DemoRole] if demo_is_on() else []

    @property
    def contact(self) -> list[Choice]:
        """Ways to reach the office; only those that are set."""
        phone, email = settings.PORTAL_CONTACT_PHONE, settings.PORTAL_CONTACT_EMAIL
        found = [
            Choice(f"tel:{phone}", _("Telephone: %(phone)s") % {"phone": phone}) if phone else None,
            Choice(f"mailto:{email}", _("E-mail: %(email)s") % {"email": email}) if email else None,
            Choice("", format_html(_("Address: {address}"), address=marked_name(settings.PORTAL_CONTACT_ADDRESS)))
            if settings.PORTAL_CONTACT_ADDRESS
            else None,
        ]
        return [item for item in found if item]

    @property
    def records(self) -> list[str]:
        """Numbers given by authorities; never shown before they are set."""
        found = (
            (_("Site code: {number}"), settings.PORTAL_SITE_CODE),
            (_("ICP record: {number}"), settings.PORTAL_ICP_NUMBER),
            (_("Public security record: {number}"), settings.PORTAL_POLICE_NUMBER),
        )
        return [format_html(text, number=marked_name(number)) for text, number in found if number]


def _join(path: str, query: QueryDict) -> str:
    return f"{path}?{query.urlencode()}" if query else path
