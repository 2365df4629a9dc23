"""What this room keeps sealed outside its columns."""

from wenxi_portal.core.rotation import SealedPlace
from wenxi_portal.spreadsheets.services.sealing_again import seal_rows_again

SEALED = [SealedPlace("spreadsheets: rows that wait", seal_rows_again)]
