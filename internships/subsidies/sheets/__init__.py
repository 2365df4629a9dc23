"""The sheets of the money, each area in a file of its own."""

from django.db.models import Model

from internships.subsidies.sheets.payments import PAYMENT_SHEETS
from wenxi_portal.spreadsheets.sheet import Sheet

SHEETS: dict[type[Model], Sheet] = {
    **PAYMENT_SHEETS,
}
