"""A record is held against all check constraints at once; those that it breaks still speak for themselves."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories.bases import AgreementFactory

pytestmark = pytest.mark.django_db


def questions(record, **kwargs):
    with CaptureQueriesContext(connection) as asked:
        record.validate_constraints(**kwargs)
    return [each["sql"] for each in asked if '"_check"' in each["sql"]]


def test_a_record_in_order_is_asked_for_once():
    (asked,) = questions(AgreementFactory(signed=True))
    # Every constraint is in it.
    assert asked.count("COALESCE(") == 12


def test_each_broken_constraint_is_told_in_its_words():
    record = AgreementFactory(signed=True)
    record.valid_until, record.papers = record.valid_from - timedelta(days=1), 0
    with pytest.raises(ValidationError) as refused:
        record.validate_constraints()
    assert set(refused.value.messages) >= {"有效期截止日期不能早于生效日期。", "所含协议份数至少为1。"}
    record.valid_until, record.papers = date(2099, 1, 1), None
    record.validate_constraints()


def test_what_is_left_out_is_not_asked():
    record = AgreementFactory(signed=True)
    record.papers = 0
    (asked,) = questions(record, exclude={"papers"})
    assert asked.count("COALESCE(") == 11


def test_a_value_of_no_column_leaves_the_words_and_the_transaction():
    record = AgreementFactory(signed=True)
    record.signed_year, record.papers = 10**30, 0
    with transaction.atomic(), pytest.raises(ValidationError):
        record.validate_constraints()
    assert type(record).objects.filter(pk=record.pk).exists()
