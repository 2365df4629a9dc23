"""ID numbers by the rules of the domain."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from talent.documents import read_document
from talent.enums import DocumentKind, Sex
from tests.factories.talent import id_number


@pytest.mark.parametrize(
    ("region", "born", "native"),
    [("140823", date(1999, 3, 5), True), ("142729", date(2001, 7, 1), True), ("420106", date(1988, 2, 29), False)],
)
def test_region_is_a_hint_and_never_a_refusal(region, born, native):
    found = read_document(DocumentKind.RESIDENT_ID, id_number(born, region))
    assert (found.birth_date, found.native_hint) == (born, native)
    assert found.sex in {Sex.MALE, Sex.FEMALE}


@pytest.mark.parametrize(
    ("kind", "region"),
    [(DocumentKind.HK_MACAO, "810000"), (DocumentKind.HK_MACAO, "820000"), (DocumentKind.TAIWAN, "830000")],
)
def test_permits_of_hong_kong_macao_and_taiwan(kind, region):
    number = id_number(region=region)
    assert read_document(kind, number).kind == kind
    assert code_of(DocumentKind.RESIDENT_ID, number) == "other_kind"
    assert code_of(kind, id_number()) == "other_kind"


@given(
    st.sampled_from(["140823", "142729", "110101"]), st.dates(date(1930, 1, 1), date(2020, 1, 1)), st.integers(1, 998)
)
def test_every_fitting_number_is_read_and_one_wrong_digit_is_refused(region, born, sequence):
    number = id_number(born, region, sequence)
    if number.endswith("000"):
        return
    assert read_document(DocumentKind.RESIDENT_ID, number).birth_date == born
    wrong = number[:16] + str((int(number[16]) + 1) % 10) + number[17]
    assert code_of(DocumentKind.RESIDENT_ID, wrong) in {"checksum", "mangled"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("1.40823E+17", "mangled"),
        ("140823199903050000", "mangled"),
        ("140823990305001", "old"),
        ("14082319990305", "form"),
        ("140823199913450018", None),
    ],
)
def test_what_is_refused(text, code):
    found = code_of(DocumentKind.RESIDENT_ID, text)
    assert found == code if code else found in {"checksum", "birth"}


def test_impossible_and_future_births_are_refused():
    for body, code in (
        ("140823199902300010", "birth"),
        (f"140823{timezone.localdate() + timedelta(days=1):%Y%m%d}0010", "future"),
    ):
        number = body[:-1] + ric.calc_check_digit(body)
        assert code_of(DocumentKind.RESIDENT_ID, number) == code


def test_full_width_blanks_and_small_x_are_forgiven():
    number = next(found for found in (id_number(sequence=at) for at in range(900)) if found.endswith("X"))
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in number.lower())
    assert read_document(DocumentKind.RESIDENT_ID, f" {wide[:6]} {wide[6:]} ").number == number


def test_from_a_sheet_three_zeros_are_refused_even_when_they_fit():
    fitting = next(
        body for at in range(10) for body in [f"14082319990{3 + at // 9}{at + 10:02}{at}000"[:18]] if len(body) == 18
    )
    found = [code_of(DocumentKind.RESIDENT_ID, fitting, typed=False)]
    assert set(found) <= {"mangled"}


def test_passports():
    assert read_document(DocumentKind.PASSPORT, "e 1234567 8").number == "E12345678"
    assert code_of(DocumentKind.PASSPORT, "ABCDEF") == "passport"
    assert code_of("other", "1") == "kind"


def code_of(kind, text, **kwargs):
    try:
        read_document(kind, text, **kwargs)
    except ValidationError as error:
        return error.code
    return None
