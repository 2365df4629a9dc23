"""The second factor of an account."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from wenxi_portal.accounts.models import User
from wenxi_portal.core.cipher import is_old, seal, unseal

SECRET_CONTEXT = "accounts.second_factor"  # noqa: S105
# What the sign-in library keeps sealed among the values of an authenticator: texts, or lists of them.
SEALED_KEYS = ("secret", "seed", "migrated_codes")


@transaction.atomic
def reset_second_factor(*, user: User) -> int:
    """Forget every authenticator of ``user``, whose phone or key is lost, and return how many there were.

    Staff are led to set up a new one before anything else. The caller records who did it and why.
    """
    removed, _rows = Authenticator.objects.filter(user=user).delete()
    return removed


def seal_secrets_again() -> int:
    """Seal the secrets of apps and recovery codes again that an older key sealed; return how many accounts' rows."""
    count, found = 0, Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN)
    for pk in list(found.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
            if row is None or not any(is_old(each) for each in _sealed_in(row.data)):
                continue
            row.data = {name: _again(value) if name in SEALED_KEYS else value for name, value in row.data.items()}
            row.save(update_fields=["data"])
            count += 1
    return count


def _sealed_in(data: dict[str, Any]) -> list[str]:
    kept = [data[name] for name in SEALED_KEYS if data.get(name)]
    return [each for value in kept for each in (value if isinstance(value, list) else [value])]


def _again(value: Any) -> Any:
    if isinstance(value, list):
        return [_again(each) for each in value]
    return seal(unseal(value, context=SECRET_CONTEXT), context=SECRET_CONTEXT)
