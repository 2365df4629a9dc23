"""The numbers offices live by are checked as the standards say."""

import pytest
from django.core.exceptions import ValidationError

from wenxi_portal.core import validators


@pytest.mark.parametrize("code", ["91110000600037341L", "913100001322211286"])
def test_credit_codes_with_a_right_check_pass(code):
    validators.validate_credit_code(code)


@pytest.mark.parametrize("code", ["", "91110000600037341M", "9111000060003734", "I1110000600037341L", "一二三"])
def test_credit_codes_with_a_wrong_check_are_refused(code):
    with pytest.raises(ValidationError):
        validators.validate_credit_code(code)


@pytest.mark.parametrize(
    ("validate", "good", "bad"),
    [
        (validators.validate_mobile, ["13900000000", "19912345678"], ["12900000000", "1390000000", "139000000000", ""]),
        (validators.validate_school_code, ["4142010486"], ["4042010486", "414201048", "41420104866", "abcdefghij"]),
    ],
)
def test_numbers(validate, good, bad):
    for value in good:
        validate(value)
    for value in bad:
        with pytest.raises(ValidationError):
            validate(value)


def test_digits_typed_full_width_or_spaced_become_plain():
    assert validators.normalise_digits(" 139-0000 0000 ") == "13900000000"
