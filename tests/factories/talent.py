"""Obviously fictitious people, written through the talent room's own verbs."""

from datetime import date, timedelta
from itertools import count
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from stdnum.cn import ric

from talent.documents import IdentityDocument, read_document
from talent.enums import ChannelKind, ContactKind, DocumentKind
from talent.models import Channel, Contact, FlexibleAgreement, Person, Registration
from talent.services.contact import log_contact
from talent.services.flexible import save_flexible
from talent.services.person import enter_person
from tests.factories.accounts import staff
from tests.factories.organisations import HostFactory, LeadUnitFactory

_numbers = count(1)


def id_number(born: date = date(1999, 3, 5), region: str = "140823", sequence: int | None = None) -> str:
    """Return a resident ID number that fits, of nobody."""
    body = f"{region}{born:%Y%m%d}{(sequence if sequence is not None else next(_numbers)) % 999 + 1:03}0"
    return body[:-1] + ric.calc_check_digit(body)


def document(number: str | None = None, **kwargs: Any) -> IdentityDocument:
    """Return a checked resident ID."""
    return read_document(DocumentKind.RESIDENT_ID, number or id_number(**kwargs))


def person(**kwargs: Any) -> Person:
    """Return a person on file.

    ``number="…"`` gives an ID number (default none, with a reason); ``study`` and ``work`` give rows, ``fields`` names
    of fields; everything else is a value of the person.
    """
    number, study, work = kwargs.pop("number", None), kwargs.pop("study", ()), kwargs.pop("work", ())
    names, actor = kwargs.pop("fields", ()), kwargs.pop("actor", None)
    values = {"name": f"测试乡贤{next(_numbers):03}", "native_township": "示例镇", **kwargs}
    if "owner_unit" not in values:
        values["owner_unit"] = LeadUnitFactory()
    if not number:
        values.setdefault("no_id_reason", "测试未提供")
    return enter_person(
        person=Person(**values),
        document=document(number) if number else None,
        actor=actor,
        educations=study,
        employments=work,
        field_names=names,
    )


def contact(of: Person | None = None, *, due: date | None = None, owner: Any = None, **kwargs: Any) -> Contact:
    """Return a contact; with ``due`` it has an open next step of ``owner``."""
    actor = kwargs.pop("actor", None) or owner or staff()
    step = (
        {"next_step": "回电话", "next_due": due, "next_owner": owner or actor}
        if due
        else {"no_step_reason": "只是问候"}
    )
    return log_contact(
        person=of or person(), kind=kwargs.pop("kind", ContactKind.CALL), actor=actor, step=step, **kwargs
    )


def flexible(**kwargs: Any) -> FlexibleAgreement:
    """Return a draft of a flexible agreement."""
    today = timezone.localdate()
    values: dict[str, Any] = {
        "service": "示例技术指导",
        "valid_from": today - timedelta(days=30),
        "valid_until": today + timedelta(days=300),
        **kwargs,
    }
    values.setdefault("person", None)
    values["person"] = values["person"] or person()
    values.setdefault("host", None)
    values["host"] = values["host"] or HostFactory()
    return save_flexible(agreement=FlexibleAgreement(**values), actor=None)


class ChannelFactory(DjangoModelFactory):
    """A service station."""

    class Meta:
        model = Channel

    kind = ChannelKind.STATION
    name = factory.Sequence(lambda number: f"示例服务站{number:02}")
    place = "示例市"


def registration(**kwargs: Any) -> Registration:
    """Return what somebody filled in, not saved."""
    values = {"name": "测试登记人", "mobile": "13800000000", "consent_text": "示例同意书", **kwargs}
    return Registration(**values)
