"""Missing cells and sine terms on the command line, from training to prediction."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

import slp_core as slp
from tests.app.cli.conftest import Run, write_csv

LINES = [f"{n % 7 if n % 5 else ''},{n},{'ab'[n % 2]}" for n in range(40)]


@pytest.fixture
def holes(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "holes.csv", "width,height,kind", LINES)


def test_rows_are_left_out_or_filled(run: Run, holes: Path) -> None:
    words = ("train", holes, "--target", "kind", "--epochs", 2, "--json")
    assert run(*words).json["samples"] == 32
    seen = run(*words, "--missing", "mean").json
    assert seen["samples"] == 40
    assert any("width: 8 cells missing" in note and "filled with" in note for note in seen["notes"])


@pytest.mark.parametrize("end", ["json", "npz"])
def test_predictions_fill_as_the_training_did(
    run: Run, holes: Path, tmp_path: Path, end: str
) -> None:
    weights = tmp_path / f"w.{end}"
    words = ("--target", "kind", "--missing", "median", "--epochs", 20, "--output", weights)
    assert run("train", holes, *words).code == 0
    other = write_csv(tmp_path / "other.csv", "width,height", ["1,2", ",3", "?,", "4,NA"])
    done = run("predict", weights, other)
    assert (done.code, done.err) == (0, "")
    rows = list(csv.DictReader(done.out.splitlines()))
    model = slp.load_model(weights)
    width, height = (feature.fill for feature in model.preparation.features)
    inputs = np.array([[1.0, 2.0], [width, 3.0], [width, height], [4.0, height]])
    assert [row["prediction"] for row in rows] == model.predict(inputs).tolist()


def test_sines_are_learnt_saved_and_used(run: Run, holes: Path, tmp_path: Path) -> None:
    weights = tmp_path / "w.json"
    words = ("--target", "kind", "--features", "height", "--sine", "--epochs", 20, "--json")
    seen = run("train", holes, *words, "--output", weights).json
    assert seen["terms"] == ["height", "sin(π·height)"]
    assert seen["weights_original"] is None
    assert run("predict", weights, holes).code == 0


def test_renamed_classes_are_compared_with_the_file(run: Run, holes: Path, tmp_path: Path) -> None:
    dataset = slp.Dataset.from_table(
        slp.read_csv(holes), "kind", missing="mean", renames={"a": "alpha"}
    )
    result = slp.train(dataset, slp.TrainingConfig(epochs=50))
    result.model.save(tmp_path / "w.json")
    done = run("predict", tmp_path / "w.json", holes, "--output", tmp_path / "p.csv")
    assert f"accuracy {result.snapshot.accuracy:.2%}" in done.out
    assert "alpha" in (tmp_path / "p.csv").read_text(encoding="utf-8")
