"""The sheets of the internships room, each area in a file of its own."""

from django.db.models import Model

from internships.models import Nomination, Position, ShuttleSeat
from internships.sheets.nominations import NOMINATIONS
from internships.sheets.passengers import PASSENGERS
from internships.sheets.positions import POSITIONS
from internships.sheets.stays import STAY_SHEETS
from wenxi_portal.spreadsheets.sheet import Sheet

SHEETS: dict[type[Model], Sheet] = {
    Position: POSITIONS,
    Nomination: NOMINATIONS,
    ShuttleSeat: PASSENGERS,
    **STAY_SHEETS,
}
