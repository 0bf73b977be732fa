"""Sorting and filtering: stable, missing last, exact, and quick for texts."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.tables.collation import text_ranks
from app.tables.contents import Contents
from app.tables.judge import Judge
from app.tables.order import FILTERS, Quiet, Sort, Wish, arranged
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table

from .conftest import SOFTMAX, flowers, weights

WORDS = st.text(st.sampled_from("aAbB01-ß é"), max_size=60)


def natural(text: str) -> list[tuple[int, str]]:
    """Small letters; whole numbers by their length, then by their digits."""
    parts = re.split("([0-9]+)", text.casefold())
    keys: list[tuple[int, str]] = []
    for place, part in enumerate(parts):
        if place % 2:
            digits = part.lstrip("0")
            keys += [(ord(c), "") for c in f"{len(digits):03d}{digits}"]
        else:
            keys += [(ord(c), "") for c in part]
    return keys


@settings(deadline=None, max_examples=150)
@given(st.lists(WORDS, unique=True, max_size=40))
def test_texts_have_natural_order(texts: list[str]) -> None:
    ranks = text_ranks(texts)
    assert [text for text, rank in zip(texts, ranks, strict=True) if np.isnan(rank)] == (
        [""] if "" in texts else []
    )
    filled = [k for k, text in enumerate(texts) if text]
    by_rank = sorted(filled, key=lambda k: ranks[k])
    assert by_rank == sorted(filled, key=lambda k: natural(texts[k]))


def test_numbers_in_texts_go_by_value() -> None:
    texts = ["a10", "a2", "A1", "b", "a002", "a" * 60 + "2", "a" * 60 + "1"]
    order = np.argsort(text_ranks(texts), kind="stable")
    assert [texts[k] for k in order] == [
        "A1", "a2", "a002", "a10", "a" * 60 + "1", "a" * 60 + "2", "b",
    ]  # fmt: skip
    ranks = text_ranks(texts)
    assert ranks[1] == ranks[4]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.one_of(st.floats(-3, 3).map(round), st.just(np.nan)), min_size=1, max_size=30),
    st.booleans(),
)
def test_sorting_is_stable_and_missing_values_come_last(
    values: list[float], descending: bool
) -> None:
    table = Table.from_columns("t", {"x": np.array(values, float)})
    order = arranged(Wish(Contents(table, None), None, "all", Sort(0, descending)), Quiet())
    assert order is not None
    sign = -1 if descending else 1
    expected = sorted(
        range(len(values)),
        key=lambda k: (bool(np.isnan(values[k])), 0 if np.isnan(values[k]) else sign * values[k]),
    )
    assert order.tolist() == expected


def wish(filtered: str, sort: str | None = None, descending: bool = False) -> Wish:
    table = flowers()
    dataset = Dataset.from_table(table, "kind", ["length", "width"], validation=0.25)
    judge = Judge(dataset, SOFTMAX, weights(dataset, SOFTMAX))
    contents = Contents(table, dataset, SOFTMAX)
    labels = [field.label for field in contents.fields]
    by = None if sort is None else Sort(labels.index(sort), descending)
    picked = np.zeros(table.rows, np.bool_)
    picked[[3, 6]] = True
    return Wish(contents, judge, filtered, by, picked)


def rows(told: Wish) -> list[int]:
    order = arranged(told, Quiet())
    return list(range(told.contents.table.rows)) if order is None else order.tolist()


def test_every_filter_shows_its_rows() -> None:
    told = wish("all")
    dataset = told.contents.dataset
    assert dataset is not None
    assert told.judge is not None
    wrong = dataset.row_index[told.judge.judged(slice(None)).wrong]
    expected = {
        "all": list(range(40)),
        "mistakes": sorted(wrong.tolist()),
        "selected": [3, 6],
        "training": sorted(dataset.row_index[: dataset.samples].tolist()),
        "validation": sorted(dataset.row_index[dataset.samples :].tolist()),
        "left_out": [4, 6, 9],
    }
    assert expected["mistakes"]
    assert {key: rows(wish(key)) for key in FILTERS} == expected


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("name", ["Loss", "Probability", "Prediction", "Part", "Mistake"])
def test_sorting_by_what_is_computed_puts_left_out_rows_last(name: str, descending: bool) -> None:
    told = wish("all", name, descending)
    order = rows(told)
    if name != "Part":
        assert order[-3:] == [4, 6, 9]
    assert sorted(order) == list(range(40))
    if name == "Loss":
        assert told.judge is not None
        losses = told.judge.judged(told.contents.sample_of[order[:-3]].astype(np.int64)).losses
        assert (np.diff(losses) <= 0 if descending else np.diff(losses) >= 0).all()


def test_mistakes_can_be_sorted() -> None:
    ascending, descending = (rows(wish("mistakes", "length", down)) for down in (False, True))
    assert ascending == descending[::-1] == sorted(ascending)


def test_a_cancelled_wish_ends_early() -> None:
    class Cancelled(Quiet):
        def cancelled(self) -> bool:
            return True

    assert arranged(wish("all", "Loss"), Cancelled()) is None


def test_without_weights_there_are_no_mistakes_and_nothing_to_sort_by() -> None:
    told = wish("mistakes")
    assert rows(Wish(told.contents, None, "mistakes")) == []
    assert rows(Wish(told.contents, None, "all", Sort(4))) == list(range(40))
