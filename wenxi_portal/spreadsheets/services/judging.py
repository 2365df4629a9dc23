"""What a row means: new, changed, unchanged, possible duplicate, or not to be taken."""

from array import array
from collections.abc import Hashable, Sequence
from hashlib import blake2b
from typing import Any

from django.utils.translation import gettext as _

from wenxi_portal.accounts.models import User
from wenxi_portal.spreadsheets.enums import RowKind
from wenxi_portal.spreadsheets.intake import Intake, OnFile, Row
from wenxi_portal.spreadsheets.services.staging import Judgement, changes_of
from wenxi_portal.spreadsheets.sheet import Sheet


class Told:
    """Which row of the file first spoke of a record. Kept as fingerprints and numbers: files have 100,000 rows."""

    def __init__(self) -> None:
        self._places: dict[bytes, int] = {}
        self._tabs: list[str] = []
        self._rows = array("l")
        self._values = array("q")

    def earlier(self, key: Hashable, row: Row) -> tuple[str, int, bool] | None:
        """Return tab and number of the earlier row about ``key``, and whether it says the same; None for the first."""
        mark, said = blake2b(repr(key).encode(), digest_size=16).digest(), hash(str(row.values))
        place = self._places.setdefault(mark, len(self._rows))
        if place == len(self._rows):
            # One text for all rows of a tab.
            self._tabs.append(self._tabs[-1] if self._tabs and self._tabs[-1] == row.tab else row.tab)
            self._rows.append(row.number)
            self._values.append(said)
            return None
        return self._tabs[place], self._rows[place], self._values[place] == said


class Judge:
    """Judges the rows of one file, batch by batch; remembers which records the file has spoken of."""

    def __init__(self, sheet: Sheet, user: User) -> None:
        assert sheet.intake is not None  # noqa: S101 - only sheets with an intake are imported
        self.intake: Intake = sheet.intake
        self.user = user
        self.told = Told()

    def judge(self, batch: Sequence[Row]) -> list[Judgement]:
        """Return what each row of ``batch`` means."""
        repeated = self._repeated([row for row in batch if not row.problems])
        sound = [row for row in batch if not row.problems and id(row) not in repeated]
        self.intake.check(sound, self.user)
        sound = [row for row in sound if not row.problems]
        found = dict(zip(map(id, sound), self.intake.on_file(sound, self.user), strict=True))
        new = [row for row in sound if not row.problems and found[id(row)] is None]
        twins = dict(zip(map(id, new), self.intake.twins(new, self.user), strict=True))
        return [self._one(row, found.get(id(row)), twins.get(id(row), ()), id(row) in repeated) for row in batch]

    def _one(self, row: Row, found: OnFile | None, twins: Any, repeated: bool) -> Judgement:
        if row.problems:
            return Judgement(row, RowKind.ERROR)
        if repeated:
            return Judgement(row, RowKind.UNCHANGED)
        if found is None:
            return Judgement(row, RowKind.DUPLICATE if twins else RowKind.NEW, twins=twins)
        changes = changes_of(row, found)
        return Judgement(row, RowKind.CHANGED if changes else RowKind.UNCHANGED, found, changes)

    def _repeated(self, rows: list[Row]) -> set[int]:
        """Return the rows that say again what an earlier one said; refuse those that contradict it."""
        again = set()
        for row in rows:
            key = self.intake.key(row.values)
            if key is None:
                continue
            earlier = self.told.earlier(key, row)
            if earlier is None:
                continue
            tab, number, same = earlier
            if same:
                again.add(id(row))
            else:
                row.refuse("", _("Row %(row)d of “%(tab)s” says otherwise about the same record. Keep one of the two.")
                           % {"row": number, "tab": tab})  # fmt: skip
        return again
