"""The ways through the portal. A way whose page does not exist yet is not shown."""

from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Way:
    """A link of the navigation before it is known for which page."""

    url_name: str
    label: str | Promise
    icon: str
    hint: str | Promise = ""


@dataclass(frozen=True, slots=True)
class NavItem:
    """A link of the navigation on one page; ``current`` is ``page``, ``true`` (a page below it) or empty."""

    url: str
    label: str | Promise
    icon: str
    hint: str | Promise
    current: str


HOME = Way("pages:home", _("Home"), "home")
BASES = Way("bases:list", _("Cooperation bases"), "base", _("Who works together on what, and where"))
KINDS = Way("bases:kinds", _("Twelve kinds"), "kinds", _("What each kind of base is for and who leads it"))
UNIVERSITIES = Way("organisations:university_list", _("Universities"), "university", _("Partners and what they share"))
GUIDES = Way("pages:guides", _("Guides"), "guide", _("What to bring, how long it takes, whom to ask"))
ABOUT = Way("pages:about", _("About 1+8+N"), "about", _("How county, universities and enterprises pull together"))
POSITIONS = Way("internships:position_list", _("Find a position"), "agreement", _("Internships in the county"))
REGISTER = Way(
    "talent:register",
    _("Register as native talent"),
    "people",
    _("For those from here who study or work elsewhere: two minutes, no account"),
)
WINDOW = Way("internships:window", _("One window"), "window", _("Four services for those who come, asked for online"))
MONEY = Way(
    "subsidies:policies", _("Allowances and bonuses"), "yuan", _("What interns are paid, worked out to the yuan")
)
CERTIFICATE = Way(
    "internships:enter_code",
    _("Verify a certificate"),
    "success",
    _("What an internship certificate says, by its code"),
)
NOTICES = Way(
    "subsidies:notices", _("Public notices"), "clock", _("Who is to be paid which subsidy, and how to object")
)
SITE_MAP = Way("pages:site_map", _("Site map"), "menu")
ACCESSIBILITY = Way("pages:accessibility", _("Accessibility"), "info")

MAIN = (HOME, BASES, KINDS, UNIVERSITIES, POSITIONS, GUIDES, ABOUT)
ELDER = (HOME, POSITIONS, BASES, UNIVERSITIES, REGISTER, GUIDES)
DOORS = (POSITIONS, BASES, REGISTER, MONEY, WINDOW, GUIDES, UNIVERSITIES, ABOUT)
FOOTER = (ABOUT, GUIDES, NOTICES, SITE_MAP, ACCESSIBILITY)
EVERYTHING = (
    HOME, BASES, KINDS, UNIVERSITIES, POSITIONS, MONEY, REGISTER, WINDOW, CERTIFICATE, NOTICES, GUIDES, ABOUT,
    ACCESSIBILITY,
)  # fmt: skip


@cache
def exists(url_name: str) -> bool:
    """Tell whether a page of that name is served."""
    try:
        reverse(url_name)
    except NoReverseMatch:
        return False
    return True


def items(ways: tuple[Way, ...], path: str = "") -> list[NavItem]:
    """Return the links that lead somewhere, the one that leads to ``path`` or above it marked."""
    found = _served(ways, get_script_prefix())
    home = reverse("pages:home")
    longest = max((len(url) for _way, url in found if url != home and path.startswith(url)), default=0)
    return [NavItem(url, way.label, way.icon, way.hint, _current(url, path, longest)) for way, url in found]


@cache
def _served(ways: tuple[Way, ...], _script_prefix: str) -> list[tuple[Way, str]]:
    """Return the ways that lead somewhere with their addresses, which differ by sub-path only."""
    return [(way, reverse(way.url_name)) for way in ways if exists(way.url_name)]


def _current(url: str, path: str, longest: int) -> str:
    if url == path:
        return "page"
    return "true" if longest and len(url) == longest and path.startswith(url) else ""
