"""The icons, drawn for this portal on a 24-pixel grid with one stroke."""
# ruff: noqa: E501

from functools import cache

from django.utils.safestring import SafeString, mark_safe

_PATHS = {
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM20 20l-4.9-4.9",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "close": "M6 6l12 12M18 6 6 18",
    "closed": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM8.5 8.5l7 7",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "pause": "M9 6v12M15 6v12",
    "draft": "M5 19l1-4L16 5l3 3L9 18l-4 1ZM14 7l3 3",
    "plaque": "M5 4h14v9H5zM8 7.5h8M10 10h4M8 13v7M16 13v7",
    "handshake": "M3 8l4-2 5 2 5-2 4 2v7l-3 1-5 4-6-4-4-1V8ZM12 8l-3 4 2 1 3-2 4 4",
    "signed": "M6 3h8l4 4v14H6zM14 3v4h4M9 13l2 2 4-4M9 18.5h6",
    "expired": "M7 3h10M7 21h10M8 3v4l4 5 4-5V3M8 21v-4l4-5 4 5v4",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5",
    "place": "M12 21s7-6.3 7-11.5A7 7 0 0 0 5 9.5C5 14.7 12 21 12 21ZM12 7a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z",
    "university": "M3 9l9-5 9 5-9 5-9-5ZM7 11.5V16c0 1.5 2.5 3 5 3s5-1.5 5-3v-4.5M21 9v6",
    "base": "M3 8l3-4h12l3 4H3ZM6.5 8v12M17.5 8v12M6.5 12h11M10.5 12v8M13.5 12v8",
    "unit": "M5 20V6h14v14M3 20h18M9 10h2M13 10h2M9 14h2M13 14h2M12 6V3",
    "kinds": "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z",
    "guide": "M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3V4ZM5 17a3 3 0 0 1 3-3h11M9 8h6",
    "about": "M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM12 3v6.5M12 14.5V21M3 12h6.5M14.5 12H21M5.6 5.6l4.6 4.6M13.8 13.8l4.6 4.6M18.4 5.6l-4.6 4.6M10.2 13.8l-4.6 4.6",
    "home": "M3.5 11.5 12 4l8.5 7.5M6 9.5V20h12V9.5M10 20v-5h4v5",
    "person": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20c.8-3.7 3.9-5.5 7.5-5.5s6.7 1.8 7.5 5.5",
    "people": "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM2.5 19.5c.6-3 3.3-4.5 6.5-4.5s5.9 1.5 6.5 4.5M16 5.3a3.5 3.5 0 0 1 0 6.5M18 15.3c1.9.7 3.2 2.1 3.5 4.2",
    "agreement": "M6 3h8l4 4v14H6zM14 3v4h4M9 11h6M9 14.5h6M9 18h3",
    "paper": "M6 3h8l4 4v14H6zM14 3v4h4",
    "window": "M4 10V20h16V10M3 10l2-6h14l2 6M3 10a3 3 0 0 0 6 0 3 3 0 0 0 6 0 3 3 0 0 0 6 0M10 20v-5h4v5",
    "yuan": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM8.5 7.5l3.5 4.5 3.5-4.5M12 12v5M9 12.5h6M9 15h6",
    "download": "M12 4v11M7 11l5 5 5-5M4 20h16",
    "phone": "M6 3h4l1.5 5-2.5 2a12 12 0 0 0 5 5l2-2.5 5 1.5v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2Z",
    "mail": "M3.5 6h17v12h-17zM3.5 7l8.5 6.5L20.5 7",
    "language": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17",
    "theme": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 3.5v17M12 8h6.8M12 12h8.3M12 16h6.8",
    "sun": "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
    "moon": "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z",
    "elder": "M3 10.5h3M18 10.5h3M9 9a3.5 3.5 0 1 0 0 6 3.5 3.5 0 0 0 0-6ZM15 9a3.5 3.5 0 1 0 0 6 3.5 3.5 0 0 0 0-6Z",
    "speak": "M4 9.5h3.5L12 6v12l-4.5-3.5H4v-5ZM15.5 9a4.5 4.5 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
    "filter": "M4 6h16M7 12h10M10 18h4",
    "info": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 11v5.5M12 7.5v.2",
    "warning": "M12 4 2.8 20h18.4L12 4ZM12 10v5M12 17.5v.2",
    "error": "M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7l5-5ZM12 8v5M12 16.2v.2",
    "success": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM8 12.2l2.8 2.8L16 9.8",
    "arrow": "M5 12h14M13 6l6 6-6 6",
    "back": "M19 12H5M11 6l-6 6 6 6",
    "chevron": "M6 9l6 6 6-6",
    "print": "M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z",
    "link": "M9 15l6-6M10.5 7l2-2a4.2 4.2 0 0 1 6 6l-2 2M13.5 17l-2 2a4.2 4.2 0 0 1-6-6l2-2",
}


@cache
def svg(name: str) -> SafeString:
    """Return the icon as inline SVG; a ``KeyError`` names an icon that nobody has drawn."""
    return mark_safe(f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{_PATHS[name]}"/></svg>')  # noqa: S308
