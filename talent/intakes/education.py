"""How the rows of the sheet of studies meet the studies on file: by person and university, and the year where told."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zlib import crc32

from django.utils.translation import gettext as _

from talent.enums import StudyLevel
from talent.intakes.checks import UNIVERSITY
from talent.intakes.naming import PERSON, Named, who
from talent.intakes.on_file import is_this_study
from talent.intakes.people import universities_of
from talent.models import Education
from talent.services.person_batch import write_educations
from wenxi_portal.accounts.models import User
from wenxi_portal.spreadsheets.intake import OnFile, Row, Twin

_DAYS = {"enrolled": "started_on", "graduated": "ended_on"}


class EducationIntake:
    """A study at a university that is on file is completed, any other is added; none is taken away."""

    permissions = frozenset({"talent.add_person", "talent.change_person"})
    labels: Mapping[str, Any] = {}

    def key(self, values: dict[str, Any]) -> tuple[Any, ...] | None:
        """Person, university and beginning."""
        return *who(values), values["university"], values.get("enrolled")

    def check(self, rows: Sequence[Row], user: User) -> None:
        """Find the people; refuse studies that end before they begin."""
        named, universities = Named(rows, user), universities_of(rows)
        for row in rows:
            named.settle(row)
            values = row.values
            if values.get("graduated", "9") < values.get("enrolled", ""):
                row.refuse("graduated", _("It cannot end before it begins."))
            if values["university"] in universities:
                values[UNIVERSITY] = universities[values["university"]]

    def on_file(self, rows: Sequence[Row], user: User, *, lock: bool = False) -> list[OnFile | None]:
        """Return the study on file for each row."""
        people = {row.values[PERSON] for row in rows}
        studies = Education.objects.filter(person__in=people).select_related("university").order_by("pk")
        if lock:
            studies = studies.select_for_update(of=("self",), no_key=True)
        found: dict[int, list[Education]] = defaultdict(list)
        for study in studies:
            found[study.person_id].append(study)
        return [_on_file(row.values, found[row.values[PERSON]]) for row in rows]

    def twins(self, rows: Sequence[Row], user: User) -> list[Sequence[Twin]]:
        """None: two studies at two universities are two."""
        return [()] * len(rows)

    def write(self, *, new: Sequence[Row], changed: Sequence[tuple[Row, OnFile]], actor: User) -> None:
        """Add and complete studies through their service."""
        write_educations(
            new=[_told(Education(person_id=row.values[PERSON]), row.values) for row in new],
            changed=[_told(present.record, row.values) for row, present in changed],
        )

    def shown(self, column: str, value: Any) -> str:
        """Return the level in words."""
        return str(StudyLevel(value).label) if column == "level" and value else str(value or "")


def _on_file(told: dict[str, Any], studies: Sequence[Education]) -> OnFile | None:
    study = next((one for one in studies if is_this_study(one, told)), None)
    if study is None:
        return None
    days = {name: getattr(study, attribute) for name, attribute in _DAYS.items()}
    values = {"level": study.level, "major": study.major} | {
        name: day.isoformat() if day else None for name, day in days.items()
    }
    # A study counts no edits of its own: what stands in it tells whether somebody changed it.
    return OnFile(study.pk, crc32(repr(values).encode()) >> 1, values, study)


def _told(study: Education, values: dict[str, Any]) -> Education:
    for name in ("level", "major"):
        setattr(study, name, values.get(name, getattr(study, name)))
    for name, attribute in _DAYS.items():
        if name in values:
            setattr(study, attribute, date.fromisoformat(values[name]))
    if study.pk is None:
        study.university_id = values.get(UNIVERSITY)
        study.university_name = "" if study.university_id else values["university"]
    return study
