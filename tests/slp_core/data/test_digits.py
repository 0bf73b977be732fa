"""Numbers read eight digits at a time are bit for bit those of float()."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.arrays import Bools, Float64s
from slp_core.data.blocks import Block
from slp_core.data.digits import numbers
from slp_core.data.marks import Grammar
from slp_core.data.scan import scan


def read(cells: list[str], decimal: str = ".") -> tuple[Float64s, Bools]:
    """Cells of one line as numbers, and which of them need care."""
    line = ";".join(cells) + "\n"
    scanned = scan(Block(line.encode(), 1), Grammar(b";", b'"'), len(cells), "")
    assert scanned is not None
    places = scanned.cells
    return numbers(places.text, places.starts[0], places.ends[0], decimal)


def assert_exact(cells: list[str]) -> None:
    """Every cell is read as float() reads it, or given back to be read with care."""
    values, odd = read(["x", *cells])
    wanted = np.array([float(cell) for cell in cells])
    found = values[1:][~odd[1:]]
    assert np.array_equal(found.view(np.int64), wanted[~odd[1:]].view(np.int64))
    assert np.isnan(values[odd]).all()


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=50))
@settings(deadline=None)
def test_any_float_as_python_writes_it(values: list[float]) -> None:
    assert_exact([repr(value) for value in values])


PARTS = st.tuples(
    st.sampled_from(["", "-"]),
    st.text("0123456789", max_size=20),
    st.text("0123456789", max_size=26),
)


@given(st.lists(PARTS, min_size=1, max_size=50))
@settings(deadline=None, max_examples=300)
def test_any_plain_decimal(parts: list[tuple[str, str, str]]) -> None:
    assert_exact([f"{sign}{whole}.{rest}" for sign, whole, rest in parts if whole or rest])


SMALL = st.tuples(st.integers(0, 26), st.text("0123456789", max_size=12))


@given(st.lists(SMALL, min_size=1, max_size=50))
@settings(deadline=None, max_examples=300)
def test_zeros_behind_the_mark(parts: list[tuple[int, str]]) -> None:
    assert_exact(
        [f"{sign}.{'0' * zeros}{rest}1" for zeros, rest in parts for sign in ("0", "-", "12")]
    )


@given(st.lists(st.text("0123456789.,-/+ e'", max_size=26), min_size=1, max_size=50))
@settings(deadline=None, max_examples=300)
def test_only_plain_decimals_are_read(texts: list[str]) -> None:
    cells = [text.strip() for text in texts]
    values, odd = read(["x", *cells])
    for cell, value, careful in zip(cells, values[1:].tolist(), odd[1:].tolist(), strict=True):
        if cell and not careful:
            assert re.fullmatch(r"-?([0-9]+\.?[0-9]*|\.[0-9]+)", cell)
            assert value == float(cell)


def test_powers_of_ten_beyond_those_a_float_holds_exactly() -> None:
    cells = ["0.00000000000000000000001", ".00000000000000000000123", "-0.00000000000000000000009"]
    assert_exact(cells)


def test_halves_between_two_doubles() -> None:
    assert_exact(["0.300000000000000044", "9007199254.740995", "18014398509481987", "1.5", "0.3"])


def test_many_doubles_of_all_lengths() -> None:
    random = np.random.default_rng(0)
    values = random.normal(size=20_000) * 10.0 ** random.integers(-4, 9, 20_000)
    cells = [repr(value) for value in values.tolist()]
    _, odd = read(cells)
    assert_exact(cells)
    assert odd.mean() < 0.2  # the quick way is the usual way


@pytest.mark.parametrize(
    "cell",
    [
        "-",
        "+",
        ".",
        "-.",
        "1e5",
        "1.2.3",
        "--1",
        "1-",
        "abc",
        "12a",
        "0x10",
        "1_0",
        "٣",
        "inf",
        "nan",
        "+1",
        "abcdefghi",
        "1234567890a",
        "99999999999999999999",
        "111111111111111111111111111111",
        "0.1111111111111111111111111111111",
        "9007199254740993",
    ],
)
def test_what_is_not_plain_is_given_back(cell: str) -> None:
    values, odd = read(["1", cell, "2"])
    assert odd.tolist() == [False, True, False]
    assert np.isnan(values[1])


def test_an_empty_cell_is_missing_and_needs_no_care() -> None:
    values, odd = read(["1", "", "2"])
    assert not odd.any()
    assert np.isnan(values).tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("0", 0.0),
        ("007", 7.0),
        ("-0", -0.0),
        ("5.", 5.0),
        (".5", 0.5),
        ("-.25", -0.25),
        (" 12 ", 12.0),
        ('"3.5"', 3.5),
        ("12345678", 12345678.0),
        ("123456789", 123456789.0),
        ("0.1", 0.1),
    ],
)
def test_values_by_hand(cell: str, value: float) -> None:
    values, odd = read([cell, "x"])
    assert not odd[0]
    assert values[0] == value
    assert np.signbit(values[0]) == np.signbit(value)


def test_decimal_commas() -> None:
    values, odd = read(["1,5", "-0,25", "1.5", "1234567,125"], ",")
    assert odd.tolist() == [False, False, True, False]
    assert values[[0, 1, 3]].tolist() == [1.5, -0.25, 1234567.125]
