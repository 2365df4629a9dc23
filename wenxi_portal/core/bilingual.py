"""Names kept in Chinese and, where on file, in English."""

from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
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


def marked_lines(text: str, text_en: str = "") -> SafeString:
    """Return a longer text as paragraphs; on an English page a Chinese one stands in a block marked as such."""
    if not text and not text_en:
        return mark_safe("")
    # linebreaks escapes what the text holds.
    shown = mark_safe(linebreaks(plain_name(text, text_en), autoescape=True))  # noqa: S308
    return format_html('<div lang="{}">{}</div>', CHINESE, shown) if is_english() and not text_en else shown
