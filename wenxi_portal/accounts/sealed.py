"""What this room keeps sealed outside its columns. A session under an old key ends: its owner signs in again."""

from wenxi_portal.accounts.services.second_factor import seal_secrets_again
from wenxi_portal.core.rotation import SealedPlace

SEALED = [SealedPlace("accounts: second factors", seal_secrets_again)]
