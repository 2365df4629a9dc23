"""Amounts in 大写."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from internships.subsidies.in_words import DIGITS, MOST, in_words

KNOWN = {
    "0": "零元整",
    "0.01": "壹分",
    "0.10": "壹角整",
    "10": "壹拾元整",
    "325.04": "叁佰贰拾伍元零肆分",
    "1409.50": "壹仟肆佰零玖元伍角整",
    "6007.14": "陆仟零柒元壹角肆分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "142000": "壹拾肆万贰仟元整",
    "18000": "壹万捌仟元整",
    "107000.53": "壹拾万柒仟元零伍角叁分",
    "100000000": "壹亿元整",
    "100010000": "壹亿零壹万元整",
    "1000000000000": "壹万亿元整",
    "1000000010000": "壹万亿零壹万元整",
    "1234500000000": "壹万贰仟叁佰肆拾伍亿元整",
    "9999999999999999.99": "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
}
PLACE = {"拾": 10, "佰": 100, "仟": 1000}


def read(words: str) -> Decimal:
    """Read an amount in 大写 as a clerk does: the way back, written without a look at the way there."""
    yuan, _mark, rest = words.partition("元") if "元" in words else ("", "", words)
    whole = 0
    high, mark, low = yuan.partition("亿")
    for part, unit in ((high, 10**8), (low, 1)) if mark else ((yuan, 1),):
        myriads, mark_, ones = part.partition("万")
        whole += unit * ((_small(myriads) * 10**4 + _small(ones)) if mark_ else _small(part))
    jiao = re.search(f"([{DIGITS}])角", rest)
    fen = re.search(f"([{DIGITS}])分", rest)
    cents = (DIGITS.index(jiao[1]) * 10 if jiao else 0) + (DIGITS.index(fen[1]) if fen else 0)
    return Decimal(whole) + Decimal(cents) / 100


def _small(words: str) -> int:
    total, digit = 0, 0
    for sign in words:
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        else:
            total, digit = total + digit * PLACE[sign], 0
    return total + digit


@pytest.mark.parametrize(("amount", "words"), KNOWN.items())
def test_amounts_stand_as_the_rules_write_them(amount: str, words: str) -> None:
    assert in_words(Decimal(amount)) == words


cents = st.one_of(
    st.integers(0, int(MOST * 100) - 1),
    st.integers(0, 99_999_999),
    # Many zeros, where the mistakes are made.
    st.lists(st.sampled_from("0000012"), min_size=1, max_size=18).map(lambda digits: int("".join(digits))),
)


@given(cents)
def test_words_say_the_amount_and_are_well_formed(number: int) -> None:
    amount = Decimal(number) / 100
    words = in_words(amount)
    assert read(words) == amount
    assert "零零" not in words
    assert not words.startswith("零") or amount == 0
    assert not re.search("零[元万亿整角]", words) or amount == 0
    assert words.endswith("整") == (number % 10 == 0)


@given(cents, cents)
def test_different_amounts_have_different_words(one: int, other: int) -> None:
    assert (in_words(Decimal(one) / 100) == in_words(Decimal(other) / 100)) == (one == other)


@pytest.mark.parametrize("amount", ["-1", "0.001", "NaN", "Infinity", "1E+16"])
def test_absurd_amounts_are_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="not negative"):
        in_words(Decimal(amount))
