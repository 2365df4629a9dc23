"""Closed lists are closed in the database too: a kind that nobody knows is refused, also from raw SQL."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint

from internships.subsidies.models import Scheme
from tests.factories.subsidies import PolicyFactory

# Each scope of a pack is named in the check that says what it needs.
TIED = {"AuditPack.scope"}


def test_each_closed_list_of_the_money_has_its_check() -> None:
    missing = set()
    for model in apps.get_app_config("subsidies").get_models():
        if model._meta.model_name.endswith("event"):
            continue
        checks = [repr(each.condition) for each in model._meta.constraints if isinstance(each, CheckConstraint)]
        lists = [field.name for field in model._meta.local_fields if field.choices and not field.null]
        missing |= {f"{model.__name__}.{name}" for name in lists if not any(f"'{name}__in'" in each for each in checks)}
    assert missing == TIED


@pytest.mark.django_db
def test_an_unknown_kind_is_refused() -> None:
    scheme = PolicyFactory().scheme
    with pytest.raises(IntegrityError, match="subsidies_scheme_kind_known"), transaction.atomic():
        Scheme.objects.filter(pk=scheme.pk).update(kind="gift")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_constraint WHERE conname LIKE 'subsidies%%known' AND NOT convalidated")
        assert cursor.fetchone() == (0,)
