"""What a row means: new, changed, unchanged, possible duplicate, or not to be taken."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from wenxi_portal.accounts.models import User
from wenxi_portal.spreadsheets.enums import RowKind
from wenxi_portal.spreadsheets.intake import Intake, OnFile, Row
from wenxi_portal.spreadsheets.services.staging import Judgement, changes_of
from wenxi_portal.spreadsheets.sheet import Sheet


class Judge:
    """Judges the rows of one file, batch by batch; remembers which records the file has spoken of."""

    def __init__(self, sheet: Sheet, user: User) -> None:
        assert sheet.intake is not None  # noqa: S101 - only sheets with an intake are imported
        self.intake: Intake = sheet.intake
        self.user = user
        self.seen: dict[Any, tuple[str, int, int]] = {}

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
            told = hash(str(row.values))
            tab, number, earlier = self.seen.setdefault(key, (row.tab, row.number, told))
            if (tab, number) == (row.tab, row.number):
                continue
            if told == earlier:
                again.add(id(row))
            else:
                row.refuse("", _("Row %(row)d of “%(tab)s” says otherwise about the same record. Keep one of the two.")
                           % {"row": number, "tab": tab})  # fmt: skip
        return again
