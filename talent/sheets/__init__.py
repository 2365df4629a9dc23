"""The sheets of the talent room, as offices keep them."""

from django.db.models import Model

from talent.models import Channel, Contact, Education, Person
from talent.sheets.channels import CHANNELS
from talent.sheets.contacts import CONTACTS
from talent.sheets.education import EDUCATION
from talent.sheets.people import PEOPLE
from wenxi_portal.spreadsheets.sheet import Sheet

SHEETS: dict[type[Model], Sheet] = {Person: PEOPLE, Education: EDUCATION, Contact: CONTACTS, Channel: CHANNELS}
