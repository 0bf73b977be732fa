"""Whatever a table holds, it becomes a sound data set or a sentence."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import event, given, settings
from hypothesis import strategies as st

from slp_core.data.dataset import Dataset
from slp_core.data.table import Column, Dialect, Table
from slp_core.errors import SlpError

numbers = (
    st.floats() | st.integers(-3, 3).map(float) | st.sampled_from([0.0, 1e308, -1e308, 5e-324])
)
words = st.sampled_from(["a", "b", "A", "1", "01", "2.0", "yes", "No", "", "ä\n", "\ud800"])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    rows = draw(st.integers(0, 12))
    columns: list[Column] = []
    for index in range(draw(st.integers(1, 4))):
        name = f"c{index}"
        if draw(st.booleans()):
            values = np.array(draw(st.lists(numbers, min_size=rows, max_size=rows)), dtype=float)
            single = draw(st.booleans())
            with np.errstate(over="ignore"):
                columns.append(Column.of_numbers(name, values.astype("f4") if single else values))
        else:
            texts = draw(st.lists(words, min_size=rows, max_size=rows))
            kind = draw(st.sampled_from(("text", "bool", "date")))
            columns.append(Column.of_texts(name, texts, kind))
    lines = np.arange(2, rows + 2)
    return Table("drawn", None, Dialect(), tuple(columns), rows, (), (), lines)


choices = st.fixed_dictionaries(
    {},
    optional={
        "task": st.sampled_from(["regression", "multiclass", "binary"]),
        "scaling": st.sampled_from(["none", "standardize", "minmax"]),
        "degree": st.integers(1, 3),
        "validation": st.floats(0.0, 0.9),
        "seed": st.integers(0, 5),
        "stratify": st.booleans(),
        "missing": st.sampled_from(["leave_out", "mean", "median"]),
        "target": st.sampled_from(["c0", "c1"]),
    },
)


@settings(deadline=None, max_examples=250)
@given(table=tables(), chosen=choices)
def test_a_table_becomes_a_sound_data_set_or_a_sentence(
    table: Table, chosen: dict[str, Any]
) -> None:
    try:
        dataset = Dataset.from_table(table, **chosen)
    except SlpError as error:
        event(error.code)
        return
    event(dataset.task)
    assert dataset.samples >= 1
    assert dataset.left_out + len(dataset.row_index) == table.rows
    assert np.isfinite(dataset.prepared).all()
    assert np.isfinite(dataset.means).all()
    if dataset.task == "regression":
        assert np.isfinite(dataset.all_values).all()
        assert np.ptp(dataset.all_values) > 0 or len(dataset.row_index) == 1
    else:
        assert set(dataset.labels) == set(range(len(dataset.classes)))
        assert len(set(dataset.classes)) == len(dataset.classes) >= 2
    inputs, usable, _ = dataset.preparation.inputs_from(table)
    assert usable[dataset.row_index].all()
    again = dataset.preparation.transform(inputs[dataset.row_index])
    np.testing.assert_allclose(again, dataset.prepared, rtol=1e-6, atol=1e-6)
