"""What was counted over the registers is kept until one of them changes, and not a moment longer."""

from unittest import mock

import pytest
from django.db import transaction

from bases.models import AnnouncedFigure, Base, BaseUniversity
from tests.factories.bases import AgreementFactory, AnnouncedFigureFactory, BaseFactory
from tests.factories.organisations import UniversityFactory
from wenxi_portal.core.content_version import Scope, current_content_version
from wenxi_portal.core.register_cache import remember

pytestmark = pytest.mark.django_db(transaction=True)


def versions():
    return current_content_version(), current_content_version(Scope.REGISTERS)


def test_only_the_registers_move_their_number():
    base, university = BaseFactory(unveiled=True), UniversityFactory()
    figure, agreement = AnnouncedFigureFactory(), AgreementFactory(signed=True, bases=[base])
    every, registers = versions()
    AnnouncedFigure.objects.filter(pk=figure.pk).update(value=3)
    type(agreement).objects.filter(pk=agreement.pk).update(summary="示例")
    assert versions()[0] > every
    assert versions()[1] == registers
    changes = [
        lambda: Base.objects.filter(pk=base.pk).update(place="乙镇"),
        lambda: BaseUniversity.objects.create(base=base, university=university),
        lambda: BaseUniversity.objects.filter(base=base).delete(),
        lambda: type(university).objects.filter(pk=university.pk).update(name="新示例大学"),
        lambda: type(base.kind).objects.filter(pk=base.kind_id).update(name="新示例类型"),
    ]
    for change in changes:
        before = versions()
        change()
        assert versions()[0] > before[0]
        assert versions()[1] > before[1]


def test_one_step_for_a_transaction_and_none_for_one_that_failed():
    base = BaseFactory(unveiled=True)
    before = versions()
    with transaction.atomic():
        Base.objects.filter(pk=base.pk).update(place="乙镇")
        Base.objects.filter(pk=base.pk).update(place="丙镇")
        assert versions() == before
    after = versions()
    assert after[1] > before[1]
    with transaction.atomic():
        Base.objects.filter(pk=base.pk).update(place="丁镇")
        transaction.set_rollback(True)
    assert versions() == after


def test_kept_by_name_parts_and_version(settings):
    settings.PAGE_CACHE_ENABLED = True
    version = current_content_version(Scope.REGISTERS) or 1
    read = mock.Mock(side_effect=[[1], [2], [3], [4]])
    assert remember("test", "a", version, read) == [1]
    assert remember("test", "a", version, read) == [1]
    assert remember("test", "b", version, read) == [2]
    assert remember("test", "a", version + 1, read) == [3]
    settings.PAGE_CACHE_ENABLED = False
    assert remember("test", "a", version, read) == [4]
