"""Texts as codes: each distinct text once, whatever its length."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.data import labels as module
from slp_core.data.columns import recoded
from slp_core.data.digits import PAD, Text
from slp_core.data.labels import Labels


def code(labels: Labels, cells: list[str]) -> list[str]:
    """Code ``cells`` and look the codes up again."""
    raws = [cell.encode() for cell in cells]
    ends = PAD + np.cumsum([len(raw) for raw in raws], dtype=np.int64)
    starts = ends - [len(raw) for raw in raws]
    codes = labels.code(Text.of(b"".join(raws)), starts, ends)
    texts = labels.texts()
    return [texts[k] for k in codes.tolist()]


CELLS = st.lists(st.text("abé \x00", max_size=40), min_size=1, max_size=40)


@given(st.lists(CELLS, min_size=1, max_size=4))
@settings(deadline=None)
def test_codes_stand_for_the_texts(blocks: list[list[str]]) -> None:
    labels = Labels()
    for cells in blocks:
        assert code(labels, cells) == cells
    assert len(labels) == len({cell for cells in blocks for cell in cells})


def test_short_texts_are_told_from_the_mixtures_of_long_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def collide(parts: list[module.Part]) -> module.Words:
        return np.zeros(len(parts[0].words), np.uint64)

    monkeypatch.setattr(module, "_mixed", collide)
    labels = Labels()
    cells = ["abcdefghij", "abcdefghik", "abcdefgh", "x" * 33, "x" * 33 + "y"]
    assert code(labels, cells) == cells
    assert code(labels, cells[::-1]) == cells[::-1]


def test_more_texts_than_the_table_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_TABLE_LIMIT", 8)
    labels = Labels()
    cells = [f"name {k}" for k in range(100)]
    assert code(labels, cells) == cells
    assert code(labels, cells[::-1]) == cells[::-1]
    assert len(labels) == 100


def test_recoding_keeps_only_a_columns_own_texts() -> None:
    codes = np.array([3, 1, 3, 0], np.int32)
    own, distinct, counts = recoded(codes, ["NA", "b", "other", ""], frozenset({"NA", ""}))
    assert [distinct[k] for k in own.tolist()] == ["", "b", "", ""]
    assert dict(zip(distinct, counts.tolist(), strict=True)) == {"": 3, "b": 1}
    assert own.dtype == np.uint8
