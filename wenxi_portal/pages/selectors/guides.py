"""Guides as they are read."""

from dataclasses import dataclass

from django.conf import settings

from wenxi_portal.core.bilingual import CHINESE
from wenxi_portal.pages.enums import GuideElement
from wenxi_portal.pages.models import Guide

_LISTS = {GuideElement.CONDITIONS, GuideElement.PAPERS}


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a guide: its lines, how they are laid out, and whether it is a sample.

    ``lang`` marks Chinese lines on an English page.
    """

    name: str
    label: str
    lines: list[str]
    layout: str
    sample: bool
    lang: str = ""


def elements(guide: Guide, *, english: bool) -> list[Element]:
    """Return the elements that hold something, in reading order; English falls back to Chinese one by one."""
    found = []
    for element in GuideElement:
        text_en = getattr(guide, f"{element.value}_en") if english else ""
        text = text_en or getattr(guide, element.value)
        lang = CHINESE if english and text and not text_en else ""
        if element is GuideElement.CONTACT:
            text = text or _office_contact()
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if lines:
            found.append(
                Element(
                    name=element.value,
                    label=str(element.label),
                    lines=lines,
                    layout=_layout(element),
                    sample=element.value in guide.sample_elements,
                    lang=lang,
                )
            )
    return found


def _layout(element: GuideElement) -> str:
    if element is GuideElement.STEPS:
        return "steps"
    return "list" if element in _LISTS else "text"


def _office_contact() -> str:
    return "\n".join(filter(None, (settings.PORTAL_CONTACT_PHONE, settings.PORTAL_CONTACT_EMAIL)))
