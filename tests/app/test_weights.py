from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.origins import origin_from
from app.preparation import Document, Prepared, prepare
from app.sources import DataOptions, dataset_from, read_source
from app.weights import load_weights
from slp_core.errors import DataError
from slp_core.storage.model import Model
from slp_core.training.config import TrainingConfig
from slp_core.training.trainer import Trainer


def prepared(source: str = "sample:iris", **choices: object) -> Prepared:
    read = read_source(source)
    choice = replace(DataOptions(), **choices)  # pyright: ignore[reportArgumentType] - words of the tests' own
    dataset = dataset_from(read, choice)
    document = Document(origin_from(source), read.table, read.table)
    return prepare(document, choice, dataset, TrainingConfig(epochs=20))


def saved(current: Prepared, path: Path) -> Model:
    trainer = Trainer(current.dataset, current.config)
    trainer.advance()
    model = Model.from_run(current.dataset, trainer.snapshot())
    model.save(path)
    return model


def test_weights_load_back_as_they_were(tmp_path: Path):
    current = prepared()
    model = saved(current, tmp_path / "w.json")
    parameters = load_weights(tmp_path / "w.json", current).start
    np.testing.assert_array_equal(parameters.W, model.parameters.W)


def test_weights_are_rewritten_for_another_scaling(tmp_path: Path):
    model = saved(prepared(), tmp_path / "w.json")
    other = prepared(scaling="minmax")
    parameters = load_weights(tmp_path / "w.json", other).start
    inputs = other.dataset.preparation.inverse_linear(other.dataset.X)
    np.testing.assert_allclose(
        other.dataset.X @ parameters.W + parameters.b, model.score_values(inputs), atol=1e-9
    )


@pytest.mark.parametrize(
    ("other", "word"),
    [
        (lambda: prepared("sample:two_gaussians"), "classes"),
        (lambda: prepared(features=("sepal_length", "petal_width")), "features"),
        (lambda: prepared(degree=2), "degree"),
        (lambda: prepared(sine=True), "sine terms"),
    ],
)
def test_weights_of_another_kind_are_refused_with_the_reason(
    tmp_path: Path, other: Callable[[], Prepared], word: str
):
    saved(prepared(), tmp_path / "w.json")
    with pytest.raises(DataError, match=word):
        load_weights(tmp_path / "w.json", other())


def test_a_bias_in_the_file_is_not_lost_where_none_was_wanted(tmp_path: Path):
    saved(prepared(), tmp_path / "w.json")
    current = prepared()
    without = replace(current, wanted=replace(current.wanted, bias=False))
    loaded = load_weights(tmp_path / "w.json", without)
    assert loaded.prepared.config.bias
    assert loaded.start.b.any()


def test_weights_fit_data_that_fills_its_gaps_otherwise(tmp_path: Path):
    model = saved(prepared(degree=2), tmp_path / "w.json")
    parameters = load_weights(tmp_path / "w.json", prepared(degree=2, missing="median")).start
    np.testing.assert_array_equal(parameters.W, model.parameters.W)


def test_weights_fit_classes_that_were_renamed(tmp_path: Path):
    model = saved(prepared(renames=(("setosa", "bristly"),)), tmp_path / "w.json")
    assert model.classes[0] == "bristly"
    parameters = load_weights(tmp_path / "w.json", prepared()).start
    np.testing.assert_array_equal(parameters.W, model.parameters.W)
