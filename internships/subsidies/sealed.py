"""What this room keeps sealed outside its columns: the files for the bank, and what the bank sent back."""

from typing import cast

from internships.subsidies.models import BankFile, ResultFile
from internships.subsidies.querysets import FILE_CONTEXT
from internships.subsidies.services.sealed_files import open_sealed
from wenxi_portal.core.cipher import is_old
from wenxi_portal.core.private_files import PrivateStorage
from wenxi_portal.core.rotation import HEAD, SealedPlace
from wenxi_portal.core.sealed_bytes import seal_bytes


def seal_files_again() -> int:
    """Seal the files again that an older key sealed; return how many. Rows stay: they tell of the open content."""
    papers = (paper for model in (BankFile, ResultFile) for paper in model.objects.order_by("pk").iterator())
    return sum(_again(paper) for paper in papers)


def _again(paper: BankFile | ResultFile) -> bool:
    storage, name = cast(PrivateStorage, paper.file.storage), str(paper.file.name)
    if not storage.exists(name):
        # A backup without its papers: there is nothing to seal, and reading such a paper says that it is gone.
        return False
    with paper.file.open("rb") as stream:
        head = stream.read(HEAD)
    if not is_old(head.decode("ascii", errors="replace")):
        return False
    storage.seal_again(name, seal_bytes(open_sealed(paper), context=FILE_CONTEXT))
    return True


SEALED = [SealedPlace("subsidies: files of the bank", seal_files_again)]
