"""Where an import or an export stands, and what is said of each row."""

from django.db import models
from django.utils.translation import pgettext_lazy

from wenxi_portal.core.badges import Badge
from wenxi_portal.core.transitions import TransitionTable


class ImportState(models.TextChoices):
    """Where an import stands."""

    UPLOADED = "uploaded", pgettext_lazy("import", "waiting to be read")
    READING = "reading", pgettext_lazy("import", "being read")
    READY = "ready", pgettext_lazy("import", "to be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("import", "being written")
    APPLIED = "applied", pgettext_lazy("import", "written")
    REFUSED = "refused", pgettext_lazy("import", "file refused")
    FAILED = "failed", pgettext_lazy("import", "stopped")
    DROPPED = "dropped", pgettext_lazy("import", "dropped")


IMPORT_TRANSITIONS = TransitionTable(
    ImportState,
    {
        ImportState.UPLOADED: {ImportState.READING, ImportState.DROPPED, ImportState.FAILED},
        # Reading begins again after a worker was killed.
        ImportState.READING: {
            ImportState.READING,
            ImportState.READY,
            ImportState.REFUSED,
            ImportState.FAILED,
            ImportState.DROPPED,
        },
        ImportState.READY: {ImportState.CONFIRMED, ImportState.DROPPED},
        ImportState.CONFIRMED: {ImportState.APPLIED, ImportState.FAILED},
        # Nothing half done is left behind, so that a stopped import begins again from its file.
        ImportState.FAILED: {ImportState.UPLOADED, ImportState.DROPPED},
    },
)
UNDER_WAY = (ImportState.UPLOADED, ImportState.READING, ImportState.CONFIRMED)

IMPORT_BADGES = {
    ImportState.UPLOADED: Badge("info", "draft"),
    ImportState.READING: Badge("info", "draft"),
    ImportState.READY: Badge("warning", "pause"),
    ImportState.CONFIRMED: Badge("info", "draft"),
    ImportState.APPLIED: Badge("success", "signed"),
    ImportState.REFUSED: Badge("danger", "closed"),
    ImportState.FAILED: Badge("danger", "closed"),
    ImportState.DROPPED: Badge("muted", "closed"),
}


class RowKind(models.TextChoices):
    """What a row means for the records on file."""

    NEW = "new", pgettext_lazy("row", "new")
    CHANGED = "changed", pgettext_lazy("row", "changed")
    UNCHANGED = "unchanged", pgettext_lazy("row", "unchanged")
    DUPLICATE = "duplicate", pgettext_lazy("row", "possible duplicate")
    ERROR = "error", pgettext_lazy("row", "with errors")


ROW_TONES = {
    RowKind.NEW: ("success", "add_circle"),
    RowKind.CHANGED: ("info", "edit"),
    RowKind.UNCHANGED: ("muted", "check"),
    RowKind.DUPLICATE: ("warning", "content_copy"),
    RowKind.ERROR: ("danger", "error"),
}


class Outcome(models.TextChoices):
    """What became of a row when the import was written."""

    ENTERED = "entered", pgettext_lazy("row", "entered")
    CHANGED = "changed", pgettext_lazy("row", "changed")
    ALREADY = "already", pgettext_lazy("row", "already on file")
    OVERTAKEN = "overtaken", pgettext_lazy("row", "changed by somebody since the preview")


class Decision(models.TextChoices):
    """What an officer says to a possible duplicate."""

    NEW = "new", pgettext_lazy("possible duplicate", "enter as new")
    SAME = "same", pgettext_lazy("possible duplicate", "take for the record on file")
    SKIP = "skip", pgettext_lazy("possible duplicate", "leave out")


# What is written of a row: everything else follows from its kind.
UNFORESEEN = (Outcome.ALREADY, Outcome.OVERTAKEN)


class ExportState(models.TextChoices):
    """Where a list that is handed out as a file stands."""

    WAITING = "waiting", pgettext_lazy("export", "being made")
    MADE = "made", pgettext_lazy("export", "ready")
    FAILED = "failed", pgettext_lazy("export", "failed")
    EXPIRED = "expired", pgettext_lazy("export", "expired")


EXPORT_TRANSITIONS = TransitionTable(
    ExportState,
    {
        ExportState.WAITING: {ExportState.MADE, ExportState.FAILED, ExportState.EXPIRED},
        ExportState.MADE: {ExportState.EXPIRED},
        ExportState.FAILED: {ExportState.EXPIRED},
    },
)
EXPORT_BADGES = {
    ExportState.WAITING: Badge("info", "draft"),
    ExportState.MADE: Badge("success", "signed"),
    ExportState.FAILED: Badge("danger", "closed"),
    ExportState.EXPIRED: Badge("muted", "expired"),
}
