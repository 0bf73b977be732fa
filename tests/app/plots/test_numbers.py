from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.plots.numbers import decade, format_count, format_number, format_share, power_of_ten


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.2264, "0.2264"),
        (0.226, "0.2260"),
        (12.3456, "12.35"),
        (1234.5, "1234"),
        (123456.0, "123456"),
        (0.00001234, "1.234e-5"),
        (-0.5, "−0.5000"),
        (1e9, "1.000e9"),
        (999999.9, "1.000e6"),
        (0.99999, "1.000"),
        (math.nan, "NaN"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_numbers_read_well(value: float, text: str) -> None:
    assert format_number(value) == text


@given(st.floats(-1e307, 1e307, allow_subnormal=False))
def test_no_number_overflows_and_each_reads_back(value: float) -> None:
    text = format_number(value)
    assert len(text) <= 11
    back = float(text.replace("−", "-"))
    assert back == pytest.approx(value, rel=6e-4)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0 %"),
        (1.0, "100 %"),
        (0.72, "72 %"),
        (0.031, "3.1 %"),
        (0.0001, "<0.1 %"),
        (0.99995, ">99.9 %"),
        (0.996, "99.6 %"),
        (math.nan, "NaN"),
    ],
)
def test_shares_never_claim_more_than_they_are(share: float, text: str) -> None:
    assert format_share(share) == text


def test_counts_are_grouped() -> None:
    assert [format_count(n) for n in (0, 9999, 27287, -12345)] == [
        "0",
        "9999",
        "27\u2009287",
        "−12\u2009345",
    ]


def test_powers_of_ten() -> None:
    assert [power_of_ten(e) for e in (-5, -3, 0, 4, 5)] == ["10⁻⁵", "0.001", "1", "10000", "10⁵"]
    assert [power_of_ten(e, 5) for e in (-5, -2, 2, 4)] == ["5·10⁻⁵", "0.05", "500", "5·10⁴"]


@given(st.integers(-300, 300))
def test_decades_are_exact_at_powers_of_ten(exponent: int) -> None:
    assert decade(float(f"1e{exponent}")) == exponent
    assert decade(float(f"9.99e{exponent}")) == exponent
