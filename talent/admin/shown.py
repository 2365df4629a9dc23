"""What the list and the page of people show of them: numbers masked, the latest study and work."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from talent.models import Person
from talent.selectors.latest import latest_study, latest_work
from wenxi_portal.core.admin.links import change_url


class ShowsPeople:
    """Columns and fields of people that are worked out."""

    @display(description=_("ID number"), empty_value="—")
    def shown_document(self, person: Person) -> Any:
        """The document, masked, or why there is none."""
        if person.id_number:
            return f"{person.get_document_kind_display()} {person.masked_id}"
        return person.no_id_reason or None

    @display(description=_("mobile"))
    def shown_mobile(self, person: Person) -> str:
        """The mobile number, masked."""
        return person.masked_mobile or "—"

    @display(description=_("education"), empty_value="—")
    def shown_study(self, person: Person) -> str | None:
        """The latest study."""
        study = latest_study(person)
        return str(study) if study else None

    @display(description=_("employment"), empty_value="—")
    def shown_work(self, person: Person) -> str | None:
        """The present work."""
        work = latest_work(person)
        return str(work) if work else None

    @display(description=_("responsible officer"), empty_value="—")
    def shown_officer(self, person: Person) -> str | None:
        """Who answers for the person by name."""
        return person.officer.name if person.officer else None

    @display(description=_("owner unit"), ordering="owner_unit", empty_value="—")
    def shown_unit(self, person: Person) -> Any:
        """The unit, and below it who answers for the person by name."""
        if person.officer is None:
            return person.owner_unit
        return format_html("{}<br>{}", person.owner_unit or "—", person.officer.name)

    @display(description=_("last contact"), empty_value="—")
    def shown_last(self, person: Person) -> SafeString:
        """When somebody was last in touch, and the way to the next contact."""
        return format_html(
            '{} <a class="portal-link" href="{}contact/">{}</a>',
            person.last_contacted_on or "—",
            change_url(person).removesuffix("change/"),
            _("Log"),
        )
