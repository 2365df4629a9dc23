"""Names kept in Chinese and, where on file, in English."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

CHINESE = "zh-Hans"


def is_english() -> bool:
    """Tell whether the page is being made in English."""
    return get_language() == "en"


def plain_name(name: str, name_en: str = "") -> str:
    """Return the name in the reader's language, or the Chinese one where no English one is on file."""
    return name_en if name_en and is_english() else name


def marked_name(name: str, name_en: str = "") -> str | SafeString:
    """Return the name as ``plain_name`` does; on an English page a Chinese one is marked as such for screen readers."""
    if not is_english():
        return name
    return name_en or (format_html('<span lang="{}">{}</span>', CHINESE, name) if name else "")
