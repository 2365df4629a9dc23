"""Numbers are written as offices write them, in both languages."""

from decimal import Decimal

import pytest
from django.contrib.humanize.templatetags.humanize import intcomma
from django.template.defaultfilters import floatformat
from django.utils.translation import override


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_amounts_and_counts_are_grouped_by_three(language):
    with override(language):
        assert floatformat(Decimal(330000), "2g") == "330,000.00"
        assert intcomma(1234567) == "1,234,567"
