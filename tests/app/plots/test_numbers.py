from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.plots.numbers import decade, format_count, power_of_ten


def test_counts_are_grouped() -> None:
    assert [format_count(n) for n in (0, 9999, 27287, -12345)] == [
        "0",
        "9,999",
        "27,287",
        "−12,345",
    ]


def test_powers_of_ten() -> None:
    assert [power_of_ten(e) for e in (-5, -3, 0, 4, 5)] == ["10⁻⁵", "0.001", "1", "10000", "10⁵"]
    assert [power_of_ten(e, 5) for e in (-5, -2, 2, 4)] == ["5·10⁻⁵", "0.05", "500", "5·10⁴"]


@given(st.integers(-300, 300))
def test_decades_are_exact_at_powers_of_ten(exponent: int) -> None:
    assert decade(float(f"1e{exponent}")) == exponent
    assert decade(float(f"9.99e{exponent}")) == exponent
