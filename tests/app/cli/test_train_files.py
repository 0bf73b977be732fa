"""``perceptron-lab train``: the files it writes."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import slp_core as slp
from tests.app.cli.conftest import Run


@pytest.mark.parametrize("suffix", ["json", "npz"])
def test_written_weights_load_and_predict_the_same(run: Run, tmp_path: Path, suffix: str) -> None:
    weights = tmp_path / f"w.{suffix}"
    seen = run("train", "sample:iris", "--epochs", 50, "--output", weights, "--json").json
    model = slp.load_model(weights)
    np.testing.assert_array_equal(model.parameters.W, seen["weights"])
    assert (
        f"wrote       {weights}"
        in run("train", "sample:iris", "--epochs", 1, "--output", weights).out
    )


def test_every_kind_of_weights_is_written(run: Run, tmp_path: Path) -> None:
    for suffix in (".json", ".npz", ".csv", ".py", ".JSON"):
        path = tmp_path / f"w{suffix}"
        assert run("train", "sample:iris", "--epochs", 1, "--output", path).code == 0
        assert path.stat().st_size > 0
    program = f"import runpy; runpy.run_path({str(tmp_path / 'w.py')!r})"
    subprocess.run([sys.executable, "-I", "-c", program], check=True, timeout=60)


def test_a_failed_write_leaves_what_was_there(run: Run, tmp_path: Path) -> None:
    weights = tmp_path / "w.json"
    weights.write_text("precious", encoding="utf-8")
    assert run("train", "sample:iris", "--epochs", -1, "--output", weights).code == 2
    assert weights.read_text(encoding="utf-8") == "precious"


def test_history_is_a_table_of_the_curves(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "h.csv"
    seen = run("train", "sample:iris", "--epochs", 100, "--history", path, "--json").json
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["update"] == "0"
    last = rows[-1]
    assert last["update"] == "100"
    assert float(last["loss_min"]) <= seen["loss_value"] <= float(last["loss_max"])
    assert float(last["accuracy"]) == seen["accuracy"]
    assert last["validation_loss"] == ""


def test_history_of_a_regression_calls_r2_by_its_name(
    run: Run, tmp_path: Path, prices: Path
) -> None:
    path = tmp_path / "h.csv"
    run("train", prices, "--target", "price", "--epochs", 5, "--history", path)
    names = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    assert {"r2", "validation_r2"} <= set(names)
    assert "accuracy" not in names


@pytest.mark.parametrize("ending", [".json", ".npz", ".py"])
def test_the_verdict_goes_with_the_weights(run: Run, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"weights{ending}"
    printed = run("train", "sample:two_gaussians", "--output", path).out
    assert "converged: As good as" in printed
    if ending == ".py":
        assert "final verdict: 'As good as one layer gets" in path.read_text("utf-8")
        return
    metrics = slp.load_model(path).metrics
    assert metrics["verdict_kind"] == "converged"
    assert metrics["verdict"] in printed
