"""Sine terms travel with the weights."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from slp_core.errors import DataError
from slp_core.storage import table_csv, weights_json, weights_npz
from slp_core.storage.model import Model
from tests.slp_core.storage.models import assert_same, make_model


@pytest.mark.parametrize("codec", [weights_json, weights_npz])
@pytest.mark.parametrize("degree", [1, 3])
def test_they_come_back_to_the_last_bit(codec: Any, degree: int) -> None:
    model = make_model(sine=np.pi, degree=degree)
    found: Model = codec.decode(codec.encode(model), Path("w"))
    assert found.preparation.sine == np.pi
    assert_same(found, model)


def test_a_file_says_null_where_there_are_none() -> None:
    document = json.loads(weights_json.encode(make_model()))
    assert document["sine"] is None
    del document["sine"]
    assert_same(weights_json.decode(json.dumps(document).encode(), Path("w.json")), make_model())


@pytest.mark.parametrize(
    ("value", "place"), [(-1.0, "sine"), ("1", "sine"), (2.0, "terms"), (None, "terms")]
)
def test_a_frequency_that_does_not_fit_is_named(value: object, place: str) -> None:
    document = json.loads(weights_json.encode(make_model(sine=1.0)))
    document["sine"] = value
    with pytest.raises(DataError) as caught:
        weights_json.decode(json.dumps(document).encode(), Path("w.json"))
    assert caught.value.column == place


def test_the_table_names_them() -> None:
    rows = list(csv.DictReader(io.StringIO(table_csv.encode(make_model(sine=1.0)).decode())))
    assert [row["term"] for row in rows] == ["x", "y", "sin(x)", "sin(y)", "bias"]
    assert "weight in original units (A)" not in rows[0]
    assert rows[2]["center"] == ""
