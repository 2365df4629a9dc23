"""Rows through COPY."""

import pytest

from tests.factories.organisations import UniversityFactory
from wenxi_portal.core.bulk import QuestionInCopyError, copy_values
from wenxi_portal.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def test_rows_that_ask_the_database_while_they_are_copied_fail_at_once_instead_of_waiting_for_ever():
    UniversityFactory()

    def rows():
        yield {"name": "示例甲大学"}
        yield {"name": Organisation.objects.get().name}

    with pytest.raises(QuestionInCopyError):
        copy_values(Organisation, rows())
