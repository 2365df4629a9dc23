"""An account's mobile number, sealed, with its keyed index in step."""

from wenxi_portal.accounts.models import User


def put_mobile(*, user: User, mobile: str, verified: bool) -> None:
    """Make ``mobile`` the number of ``user``; ``verified`` says whether it is known that the person reads texts there.

    The database raises ``IntegrityError`` when another account has the number.
    """
    user.mobile, user.mobile_verified = mobile, verified
    user.save(update_fields=["mobile", "mobile_verified"])
