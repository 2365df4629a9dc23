"""No disguise hides a personal number, and no honest text is taken for one."""

import pytest
from django.core.exceptions import ValidationError
from stdnum.iso7064 import mod_11_2

from wenxi_portal.core.personal_numbers import WithoutPersonalNumbers, find_kind

# Made up: the region does not exist, the last digit is worked out here.
BODY = "99000019900101001"
ID = BODY + mod_11_2.calc_check_digit(BODY)
MOBILE = "139" + "0" * 8
CARD = next(f"622200000000000{last}" for last in range(10) if find_kind(f"622200000000000{last}") == "card")
WIDE = str.maketrans("0123456789X", "".join(chr(0xFF10 + n) for n in range(10)) + "\uff38")

DISGUISES = [
    "{}", "号码{}。", "({})", "x{}y", " {} ", "身份证:{}", "{}\n", "\t{}", "第{}号", "“{}”",
]  # fmt: skip
JOINTS = ["", " ", "-", "\u3000", ".", "\u200b", "\u00a0", "\u2014", "\u00b7", "/", ",", "_", "\ufeff"]


@pytest.mark.parametrize("frame", DISGUISES)
@pytest.mark.parametrize(("number", "kind"), [(ID, "id"), (MOBILE, "mobile"), (CARD, "card")])
def test_frames(frame, number, kind):
    assert find_kind(frame.format(number)) == kind


@pytest.mark.parametrize("joint", JOINTS)
@pytest.mark.parametrize(("number", "kind"), [(ID, "id"), (MOBILE, "mobile"), (CARD, "card")])
def test_joints(joint, number, kind):
    assert find_kind(joint.join(number)) == kind
    assert find_kind(number[:6] + joint + number[6:]) == kind
    assert find_kind(number.translate(WIDE)) == kind


@pytest.mark.parametrize(
    "text",
    [
        "", "2021年12月22日", "0359-7022114", "2021-12-22 至 2022-12-22", "¥1,500.00", "电话 0359 702 2114",
        "4142010486", "91110000600037341L", "共 3,000 个基地", "2021.10.01-2021.10.07", "文号〔2021〕12号",
        "3100000000000", "12345678901", "400-800-8888",
    ],
)  # fmt: skip
def test_honest_texts(text):
    assert find_kind(text) == ""
    WithoutPersonalNumbers()(text)


def test_the_refusal_does_not_repeat_the_number():
    with pytest.raises(ValidationError) as refusal:
        WithoutPersonalNumbers()(f"联系 {MOBILE}")
    assert MOBILE not in str(refusal.value)
    assert refusal.value.code == "personal_mobile"
