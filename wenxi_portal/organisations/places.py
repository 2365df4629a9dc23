"""Provinces in English, and the cities of the partner universities; a place that is not listed stays Chinese."""

import json
from pathlib import Path

PLACES_EN: dict[str, str] = json.loads(
    (Path(__file__).resolve().parent / "facts" / "places.json").read_text(encoding="utf-8")
)


def place_in_english(province: str, city: str = "") -> str:
    """Return “city, province”, of a municipality one name; empty where one of the names is not known in English."""
    names = [city, province] if city and city != province else [province]
    found = [PLACES_EN.get(name, "") for name in names]
    return ", ".join(found) if all(found) else ""
