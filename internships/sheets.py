"""The sheets of the internships room, each area in a module of its own."""

from django.db.models import Model

from internships.stay_sheets import STAY_SHEETS
from wenxi_portal.spreadsheets.sheet import Sheet

SHEETS: dict[type[Model], Sheet] = {**STAY_SHEETS}
