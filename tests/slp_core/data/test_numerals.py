"""One cell with care: signs, units, groups of thousands, missing tokens."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.data.decimals import settle
from slp_core.data.numerals import Numerals, is_infinite


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e-05", 1e-05),
        ("+3.5E2", 350.0),
        (" 7 ", 7.0),
        ("\u22122.5", -2.5),
        ("1,234.5", 1234.5),
        ("1,234,567", 1234567.0),
        ("1,23,456", 123456.0),
        ("-12,34,567.5", -1234567.5),
        ("R$ 99", 99.0),
        ("12.5 zł", 12.5),
        ("Kč 7", 7.0),
        ("12 %", 12.0),
        ("-5%", -5.0),
        ("$1,000,000", 1e6),
        ("€ 3.50", 3.5),
        ("-$2", -2.0),
        ("3.50 €", 3.5),
        ("CHF 12", 12.0),
        ("1'234.5", 1234.5),
        ("1 234", 1234.0),
        ("1\u202f234.5", 1234.5),
    ],
)
def test_numbers_with_a_decimal_point(text: str, value: float) -> None:
    assert Numerals().read(text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("1,5", 1.5), ("1.234,5", 1234.5), ("1.234.567", 1234567.0), (",5", 0.5)]
)
def test_numbers_with_a_decimal_comma(text: str, value: float) -> None:
    assert Numerals(",").read(text) == value


def test_one_group_of_thousands_must_be_told() -> None:
    assert Numerals().read("1,234") is None
    assert Numerals(".", ",").read("1,234") == 1234.0
    assert Numerals(",").read("1.234") is None
    assert Numerals(",", ".").read("1.234") == 1234.0


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "1_000",
        "٣",
        "12,34.5",
        "1,23,45",
        "1,2,345",
        "123,45,678",
        "1e",
        "e5",
        "0x1f",
        "1 2",
        "inf",
        "1e999",
        "1-2",
        "$",
        "%",
        "2024-01-01",
        "1" * 500,
        "1d5",
        "(5)",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert Numerals().read(text) is None


@pytest.mark.parametrize("text", ["", " ", "NA", "n/a", "NaN", "null", "?", "-", "."])
def test_missing_tokens(text: str) -> None:
    value = Numerals().read(text)
    assert value is not None
    assert math.isnan(value)


def test_what_was_taken_off_is_counted() -> None:
    numerals = Numerals()
    for text in ("5%", "$3", "$1,234.5", "x%", "7"):
        numerals.read(text)
    assert numerals.removed == {"percent": 1, "currency": 2, "thousands": 1}


def test_infinity_is_recognised() -> None:
    assert all(is_infinite(text) for text in ("inf", "-Infinity", "1e999", "∞", "\x1f1e999"))
    assert not any(is_infinite(text) for text in ("info", "1e5", ""))


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(deadline=None)
def test_every_float_comes_back(value: float) -> None:
    assert Numerals().read(repr(value)) == value
    assert Numerals(",").read(repr(value).replace(".", ",")) == value


@pytest.mark.parametrize(
    ("cells", "delimiter", "decimal", "thousands", "doubtful"),
    [
        (["1.5", "2.25"], ",", ".", None, False),
        (["1,5", "2,25"], ";", ",", None, False),
        (["1.234,5", "2"], ";", ",", ".", False),
        (["1,234.5", "2"], "\t", ".", ",", False),
        (["1.234.567"], ";", ",", ".", False),
        (["1.234", "2.345"], ";", ".", None, True),
        (["1,234", "2,345"], ";", ",", None, True),
        (["1,234", "2,345"], ",", ".", ",", True),
        (["1,234", "0.5"], ",", ".", ",", False),
        (["0,234", "1,345"], ";", ",", None, False),
        (["1.5", "2.5", "2,5"], ";", ".", None, True),
        (["1'234.5"], ";", ".", "'", False),
        (["1\u00a0234,5"], ";", ",", "\u00a0", False),
        (["abc", "1", "2024-01-01"], ",", ".", None, False),
    ],
)
def test_votes(
    cells: list[str], delimiter: str, decimal: str, thousands: str | None, doubtful: bool
) -> None:
    found = settle(cells, delimiter, None, None)
    assert (found.decimal, found.thousands) == (decimal, thousands)
    assert bool(found.doubts) == doubtful


def test_what_the_user_says_is_not_voted_on() -> None:
    found = settle(["1,5", "2,5"], ";", ".", "")
    assert (found.decimal, found.thousands, found.doubts) == (".", None, ())
