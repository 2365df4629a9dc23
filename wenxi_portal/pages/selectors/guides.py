"""Guides as they are read."""

from dataclasses import dataclass

from django.conf import settings

from wenxi_portal.pages.enums import GuideElement
from wenxi_portal.pages.models import Guide

_LISTS = {GuideElement.CONDITIONS, GuideElement.PAPERS}


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a guide: its lines, how they are laid out, and whether it is a sample."""

    name: str
    label: str
    lines: list[str]
    layout: str
    sample: bool


def elements(guide: Guide, *, english: bool) -> list[Element]:
    """Return the elements that hold something, in reading order; English falls back to Chinese one by one."""
    found = []
    for element in GuideElement:
        text = (english and getattr(guide, f"{element.value}_en")) or getattr(guide, element.value)
        if element is GuideElement.CONTACT:
            text = text or _office_contact()
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if lines:
            found.append(
                Element(
                    element.value, str(element.label), lines, _layout(element), element.value in guide.sample_elements
                )
            )
    return found


def _layout(element: GuideElement) -> str:
    if element is GuideElement.STEPS:
        return "steps"
    return "list" if element in _LISTS else "text"


def _office_contact() -> str:
    return "\n".join(filter(None, (settings.PORTAL_CONTACT_PHONE, settings.PORTAL_CONTACT_EMAIL)))
