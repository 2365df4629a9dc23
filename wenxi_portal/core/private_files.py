"""Storage that no web server reaches and that never overwrites."""

import os
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible(path="wenxi_portal.core.private_files.PrivateStorage")
class PrivateStorage(FileSystemStorage):
    """Papers under PRIVATE_FILES_ROOT, served only by views that ask for permission first.

    A file keeps the name it was given: a second write under the same name is refused instead of renamed,
    since names are made from random identifiers and a clash means a mistake. Only a change of keys puts other bytes
    in the place of a sealed file.
    """

    def __init__(self) -> None:
        super().__init__(location=str(settings.PRIVATE_FILES_ROOT), base_url=None)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Refuse a name that is taken."""
        if self.exists(name) or (max_length and len(name) > max_length):
            raise SuspiciousFileOperation("A paper in private storage is never overwritten.")
        return name

    def delete(self, name: str) -> None:
        """Refuse: a paper leaves private storage only through ``erase``."""
        raise SuspiciousFileOperation(f"{Path(name).name} stays: papers are not deleted by the portal.")

    def erase(self, name: str) -> None:
        """Take a file away whose time is over, or whose owner asked for it; one that is gone already is gone."""
        Path(self.path(name)).unlink(missing_ok=True)

    def seal_again(self, name: str, sealed: bytes) -> None:
        """Put ``sealed``, the same content under another key, in the place of a file in one step."""
        kept = Path(self.path(name))
        beside = kept.with_name(f"{kept.name}.{uuid4().hex}")
        with beside.open("xb") as stream:
            os.fchmod(stream.fileno(), kept.stat().st_mode & 0o777)
            stream.write(sealed)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(kept)
