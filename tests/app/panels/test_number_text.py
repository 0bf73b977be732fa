from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.panels.number_text import Limits, format_number, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.05", 0.05),
        ("5e-2", 0.05),
        ("5E-2", 0.05),
        ("0,05", 0.05),
        (",5", 0.5),
        (" 1 000 ", 1000.0),
        ("1\u202f000,5", 1000.5),
        ("−3", -3.0),
        ("+2.", 2.0),
    ],
)
def test_numbers_as_people_write_them(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["1,000,000", "1.000,5", "1,000.5"])
def test_ambiguous_separators_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="without separators"):
        parse_number(text)


@pytest.mark.parametrize("text", ["abc", "1e", "--1", "0x10", "1_0", "nan", "inf", "٣"])
def test_what_is_no_number(text: str) -> None:
    if text == "٣":  # Python reads other scripts' digits, and so do we
        assert parse_number(text) == 3.0
        return
    with pytest.raises(ValueError, match="not a number"):
        parse_number(text)


def test_empty_and_too_large_say_so() -> None:
    with pytest.raises(ValueError, match="missing"):
        parse_number("  ")
    with pytest.raises(ValueError, match="too large"):
        parse_number("1e999")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "off"),
        (0.1, "0.1"),
        (1e-5, "1e-5"),
        (1e-12, "1e-12"),
        (1000, "1000"),
        (2.0, "2"),
        (1 / 3, "0.3333"),
        (1.98765432, "1.988"),
        (1e9, "1e9"),
        (123456789, "123456789"),
    ],
)
def test_format(value: float | None, text: str) -> None:
    assert format_number(value, "off") == text


@given(st.floats(-1e300, 1e300))
def test_what_is_shown_is_read_back_to_four_digits(value: float) -> None:
    assert parse_number(format_number(value)) == pytest.approx(value, rel=1e-3, abs=0)


def test_limits_say_what_is_wrong() -> None:
    limits = Limits(low=0.0, high=1.0, open_low=True, open_high=True)
    with pytest.raises(ValueError, match="above 0"):
        limits.read("0")
    with pytest.raises(ValueError, match="below 1"):
        limits.read("1")
    with pytest.raises(ValueError, match="at most 10"):
        Limits(high=10).read("11")
    with pytest.raises(ValueError, match="at least 1"):
        Limits(low=1).read("0.5")
    with pytest.raises(ValueError, match="whole"):
        Limits(whole=True).read("1.5")


def test_whole_numbers_are_ints() -> None:
    value = Limits(whole=True).read("1e3")
    assert value == 1000
    assert isinstance(value, int)


def test_the_word_for_no_number() -> None:
    limits = Limits(empty="full")
    assert limits.read("full") is None
    assert limits.read(" FULL ") is None
    assert limits.read("") is None
    with pytest.raises(ValueError, match="not a number"):
        limits.read("off")


@pytest.mark.parametrize(
    ("ladder", "value", "steps", "result"),
    [
        ("decade", 0.1, 1, 0.2),
        ("decade", 0.5, 1, 1.0),
        ("decade", 1.0, -1, 0.5),
        ("decade", 0.3, 1, 0.5),
        ("decade", 0.3, -1, 0.2),
        ("decade", 0.1, 3, 1.0),
        ("decade", 0.0, 1, 0.001),
        ("decade", 0.0, -1, 0.0),
        ("decade", 1e-6, -1, 0.0),
        ("double", 32, 1, 64),
        ("double", 33, 1, 64),
        ("double", 33, -1, 32),
        ("double", 1, -1, 1),
        ("one", 5, -3, 2),
        ("share", 0.9, 1, 0.95),
    ],
)
def test_ladders(ladder: str, value: float, steps: int, result: float) -> None:
    limits = Limits(low=0.0, ladder=ladder)  # pyright: ignore[reportArgumentType] - parametrised
    assert limits.stepped(value, steps) == pytest.approx(result)


def test_steps_stay_within_the_limits() -> None:
    limits = Limits(low=0.0, high=1.0, open_high=True, ladder="share")
    assert limits.stepped(0.95, 1) == 0.95
    assert Limits(low=1, high=150, whole=True, ladder="double").stepped(128, 1) == 150
    assert Limits(low=0.0, open_low=True).stepped(1e-7, -1) == 1e-7
    assert Limits(low=1, high=150, whole=True, empty="full").stepped(None, -1) == 150
    assert Limits(empty="off").stepped(None, 1) is None


@given(st.floats(1e-7, 1e11), st.sampled_from([-1, 1]))
def test_a_step_of_decades_always_moves_the_right_way(value: float, steps: int) -> None:
    moved = Limits(low=0.0).stepped(value, steps)
    assert moved is not None
    assert (moved - value) * steps > 0
