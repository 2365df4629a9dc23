"""How a person is written to."""

from dataclasses import dataclass, field

from talent.enums import PreferredChannel
from talent.models import Person
from wenxi_portal.accounts.services.sms import sms_is_available


@dataclass(frozen=True, slots=True)
class Way:
    """A mobile number or an e-mail address; ``repr`` shows neither."""

    mobile: str = field(default="", repr=False)
    email: str = field(default="", repr=False)


def written_way(person: Person) -> Way | None:
    """Return the way nearest to the one the person prefers; None when there is none in writing.

    E-mail for those who prefer it, a text for all others: telephone, WeChat and visits are no ways of a portal, and a
    text reaches the same telephone. What is missing falls back to the other; a text needs the county's gateway.
    """
    mobile = person.mobile if sms_is_available() else ""
    if person.email and (not mobile or person.preferred_channel == PreferredChannel.EMAIL):
        return Way(email=person.email)
    return Way(mobile=mobile) if mobile else None
