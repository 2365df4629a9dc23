"""How a reader wants the pages: language, layout, light. Kept in harmless cookies, never tied to a person."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

DISPLAYS: Final = ("standard", "elder")
THEMES: Final = ("auto", "light", "dark")
DISPLAY_COOKIE: Final = "portal_display"
THEME_COOKIE: Final = "portal_theme"
ONE_YEAR: Final = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a page must be built for. Two requests with equal preferences may share an anonymous page."""

    language: str
    display: str
    theme: str

    @property
    def key(self) -> str:
        """A short text for cache keys."""
        return f"{self.language}.{self.display}.{self.theme}"


def read(request: HttpRequest) -> Preferences:
    """Return the reader's preferences: ``?lang=`` before the cookie, unknown values as if not given.

    The browser's Accept-Language is not asked, so that one address shows everybody the same page.
    """
    return Preferences(
        language=asked_language(request)
        or _known(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME), languages(), settings.LANGUAGE_CODE),
        display=_known(request.COOKIES.get(DISPLAY_COOKIE), DISPLAYS, DISPLAYS[0]),
        theme=_known(request.COOKIES.get(THEME_COOKIE), THEMES, THEMES[0]),
    )


def asked_language(request: HttpRequest) -> str:
    """Return the language named by ``?lang=``, or an empty text."""
    return _known(request.GET.get("lang"), languages(), "")


def languages() -> tuple[str, ...]:
    """Return the codes of the portal's languages, the default first."""
    return tuple(code for code, _name in settings.LANGUAGES)


def keep(response: HttpResponse, name: str, value: str) -> None:
    """Set a preference cookie for a year, on the portal's own path only."""
    response.set_cookie(
        name,
        value,
        max_age=ONE_YEAR,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known(value: str | None, choices: tuple[str, ...], default: str) -> str:
    return value if value in choices else default
