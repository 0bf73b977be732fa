"""What stands for a missing cell travels with the weights."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from slp_core.errors import DataError
from slp_core.storage import source_python, table_csv, weights_json, weights_npz
from slp_core.storage.model import Model
from tests.slp_core.storage.models import assert_same, make_model, some_inputs

NAN = float("nan")


def filled(degree: int = 1) -> Model:
    return make_model(features=("a", "b", "c"), fills=(0.1, None, -1e300), degree=degree)


@pytest.mark.parametrize("codec", [weights_json, weights_npz])
@pytest.mark.parametrize("degree", [1, 2])
def test_they_come_back_to_the_last_bit(codec: Any, degree: int) -> None:
    model = filled(degree)
    found: Model = codec.decode(codec.encode(model), Path("w"))
    assert [row.fill for row in found.preparation.features] == [0.1, None, -1e300]
    assert_same(found, model)


def test_files_without_the_field_still_load() -> None:
    model = make_model()
    document = json.loads(weights_json.encode(model))
    for row in document["features"]:
        del row["fill"]
    assert_same(weights_json.decode(json.dumps(document).encode(), Path("w.json")), model)
    arrays = dict(np.load(io.BytesIO(weights_npz.encode(model))))
    del arrays["fills"]
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    assert_same(weights_npz.decode(buffer.getvalue(), Path("w.npz")), model)


@pytest.mark.parametrize("value", ["1", True, 1e999, []])
def test_a_fill_that_is_no_number_is_named(value: object) -> None:
    document = json.loads(weights_json.encode(filled()))
    document["features"][1]["fill"] = value
    with pytest.raises(DataError) as caught:
        weights_json.decode(json.dumps(document).encode(), Path("w.json"))
    assert caught.value.column == "features[1].fill"


def test_fills_of_another_length_are_refused() -> None:
    arrays = dict(np.load(io.BytesIO(weights_npz.encode(filled()))))
    arrays["fills"] = arrays["fills"][:2]
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    with pytest.raises(DataError, match="differ in length"):
        weights_npz.decode(buffer.getvalue(), Path("w.npz"))


def test_the_table_has_a_column_for_them_where_there_are_any() -> None:
    rows = list(csv.DictReader(io.StringIO(table_csv.encode(filled(2)).decode())))
    assert [row["fill"] for row in rows[:4]] == ["0.1", "", "-1e+300", ""]
    assert rows[-1]["term"] == "bias"
    assert float(rows[-1]["weight (A)"]) == filled(2).parameters.b[0]
    assert b"fill" not in table_csv.encode(make_model())


def test_the_module_and_the_model_fill_alike() -> None:
    model = make_model(features=("a", "b", "c"), fills=(0.1, None, 2.0), degree=2)
    X = some_inputs(model)
    X[::3, 0], X[1::4, 2] = NAN, NAN
    names: dict[str, Any] = {"__name__": "exported"}
    exec(compile(source_python.encode(model), "exported.py", "exec"), names)  # noqa: S102 - it is what is tested
    complete = np.where(np.isnan(X), [0.1, 0.0, 2.0], X)
    assert np.array_equal(model.score_values(X), model.score_values(complete))
    np.testing.assert_allclose(names["scores"](X), model.score_values(X), rtol=1e-12)
    assert names["predict"](X).tolist() == model.predict(X).tolist()


def test_a_feature_without_a_fill_refuses_a_gap() -> None:
    with pytest.raises(DataError, match=r"row 0 \(b\) is nan"):
        filled().score_values(np.array([[NAN, NAN, NAN]]))
