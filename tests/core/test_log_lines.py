"""A failure is told, the record over which it came about is not."""

import logging

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.factories.accounts import UserFactory
from wenxi_portal.accounts.models import User
from wenxi_portal.core.log_lines import LineFormatter

pytestmark = pytest.mark.django_db
NAME = "示例·不该出现\n第二行也不该"


def told(error: BaseException) -> str:
    cause = (type(error), error, error.__traceback__)
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "%s failed", ("/inbox/",), cause)
    return LineFormatter("{levelname} {message}", style="{").format(record)


@pytest.mark.parametrize("broken", [{"is_superuser": True}, {"email": None}, {"email": "x" * 300}])
def test_no_row_of_the_database_reaches_the_log(broken):
    person = UserFactory(name=NAME)
    with pytest.raises(DatabaseError) as found, transaction.atomic():
        User.objects.filter(pk=person.pk).update(**broken)
    line = told(found.value)
    assert line.startswith("ERROR /inbox/ failed")
    assert "Traceback" in line
    assert not any(part in line for part in (*NAME.split("\n"), person.email))


def test_what_is_taken_is_not_quoted_either():
    first, second = UserFactory(), UserFactory()
    with pytest.raises(IntegrityError, match=first.email) as found, transaction.atomic():
        User.objects.filter(pk=second.pk).update(email=first.email)
    line = told(found.value)
    assert first.email not in line
    assert "accounts_user_email_unique" in line
