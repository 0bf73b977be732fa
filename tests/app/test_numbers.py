from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.numbers import decimals_for, fixed_text, number_text, share_text, typeset


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.05, "0.05"),
        (0.22644, "0.2264"),
        (0.99999, "1"),
        (12.3456, "12.35"),
        (12345.678, "12346"),
        (123456.0, "123456"),
        (999_999.9, "1.00e6"),
        (1.2345e-10, "1.23e-10"),
        (-9.85, "−9.85"),
        (1.7976931348623157e308, "1.80e308"),
        (math.nan, "NaN"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_numbers_are_short_whatever_their_size(value: float, text: str) -> None:
    assert number_text(value) == text


@given(st.floats(-1e307, 1e307, allow_subnormal=False))
def test_no_number_overflows_and_each_reads_back(value: float) -> None:
    text = number_text(value)
    assert len(text) <= 10
    assert float(text.replace("−", "-")) == pytest.approx(value, rel=6e-3)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (None, "–"),
        (0.0, "0.0 %"),
        (1.0, "100.0 %"),
        (0.895, "89.5 %"),
        (0.9, "90.0 %"),
        (0.0001, "< 0.1 %"),
        (0.99999, "> 99.9 %"),
        (math.nan, "NaN"),
    ],
)
def test_a_hundred_percent_means_all(share: float | None, text: str) -> None:
    assert share_text(share) == text


def test_numbers_of_a_column_have_the_same_decimals() -> None:
    decimals = decimals_for(2.5)
    shown = [fixed_text(value, decimals) for value in (2.5, -0.12345, -1e-9, 0.0, math.inf)]
    assert shown == ["2.500", "−0.123", "0.000", "0.000", "∞"]
    assert fixed_text(1234.5, decimals_for(1234.5)) == "1234"
    assert fixed_text(-3.2e-7, decimals_for(3.2e-7)) == "−3.20e-7"
    assert fixed_text(5e9, 3) == "5.00e9"
    assert decimals_for(math.nan) == 3


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("accuracy 89.0%.", "accuracy 89.0\u00a0%."),
        ("cosine: -1.00", "cosine: −1.00"),
        ("1.17e-07 now, 1.929e+153 then, 2e+05", "1.17e-7 now, 1.929e153 then, 2e5"),
        ("Cross-entropy, rows 3-5, class-2, 1e-3", "Cross-entropy, rows 3-5, class-2, 1e-3"),
        ("a % of b", "a % of b"),
    ],
)
def test_sentences_of_the_core_get_the_numbers_of_the_window(said: str, shown: str) -> None:
    assert typeset(said) == shown
    assert typeset(shown) == shown
