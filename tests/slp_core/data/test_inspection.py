"""Columns in a few numbers, and what the reader saw as data."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.data.inspection import FREQUENT, column_summary, describe
from slp_core.data.reader import read_text
from slp_core.data.table import Column

NUMBERS = st.one_of(
    st.integers(-3, 3).map(float),
    st.sampled_from([0.5, -0.0, 1e300, float("nan")]),
    st.floats(allow_nan=False, allow_infinity=False),
)


@given(st.lists(NUMBERS, max_size=60))
@settings(deadline=None)
def test_numbers_are_counted_as_they_are(values: list[float]) -> None:
    summary = column_summary(Column.of_numbers("x", np.array(values, dtype=float)))
    filled = [value for value in values if value == value]
    counts = Counter(filled)
    assert (summary.rows, summary.missing) == (len(values), len(values) - len(filled))
    assert summary.distinct == len(counts)
    if filled:
        assert (summary.minimum, summary.maximum) == (min(filled), max(filled))
    assert sum(count for _, count in summary.frequent) == sum(
        count for _, count in counts.most_common(FREQUENT)
    )
    assert all(counts[float(text)] == count for text, count in summary.frequent)


@given(st.lists(st.text("ab ", max_size=3), max_size=80))
@settings(deadline=None)
def test_texts_are_counted_as_they_are(texts: list[str]) -> None:
    summary = column_summary(Column.of_texts("t", texts))
    counts = Counter(text for text in texts if text)
    assert summary.frequent == tuple(counts.most_common(FREQUENT))
    assert (summary.distinct, summary.missing) == (len(counts), texts.count(""))
    assert (summary.minimum, summary.maximum) == (None, None)


def test_many_fractions_are_not_counted() -> None:
    values = np.random.default_rng(0).random(200_000)
    summary = column_summary(Column.of_numbers("x", values))
    assert (summary.distinct, summary.frequent) == (None, ())
    assert summary.maximum == values.max()


def test_classes_of_a_large_file_are_counted() -> None:
    values = np.repeat(np.array([3, -1, 7], np.float32), 100_000)
    summary = column_summary(Column.of_numbers("x", values))
    assert summary.frequent == (("-1", 100_000), ("3", 100_000), ("7", 100_000))


def test_seven_digits_are_shown_as_seven() -> None:
    summary = column_summary(Column.of_numbers("x", np.array([0.1, 0.3], np.float32)))
    assert (summary.minimum, summary.maximum) == (0.1, 0.3)
    assert summary.frequent == (("0.1", 1), ("0.3", 1))


@pytest.mark.parametrize("kind", ["text", "empty"])
def test_a_column_of_nothing(kind: str) -> None:
    table = read_text("a,b\n1,\n2,\n" if kind == "empty" else "a,b\n1,x\n2,y\n")
    summary = column_summary(table.column("b"))
    assert summary.kind == kind
    assert summary.distinct == (0 if kind == "empty" else 2)


def test_the_account_is_json_and_whole() -> None:
    table = read_text("# made\na;b;c\n1,5;x;2020-01-01\n;y;2020-01-02\n2,5;x;\n")
    told = json.loads(json.dumps(describe(table), allow_nan=False))
    assert (told["comment"], told["thousands"], told["decimal"]) == ("#", None, ",")
    assert told["notes"] == list(table.notes)
    assert told["columns"][0] == {
        "name": "a",
        "kind": "number",
        "missing": 1,
        "role": "target",
        "role_reason": "",
        "distinct": 2,
        "frequent": [{"value": "1.5", "count": 1}, {"value": "2.5", "count": 1}],
        "min": 1.5,
        "max": 2.5,
    }
    assert told["columns"][1]["frequent"] == [
        {"value": "x", "count": 2},
        {"value": "y", "count": 1},
    ]
    assert told["columns"][2]["kind"] == "date"
