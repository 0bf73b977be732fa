"""``perceptron-lab train``: the JSON object and the page."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import slp_core as slp
from tests.app.cli.conftest import Run, write_csv

KEYS = {
    "samples",
    "features",
    "classes",
    "task",
    "activation",
    "loss",
    "optimizer",
    "epochs",
    "updates",
    "loss_value",
    "best_loss",
    "gradient_norm",
    "accuracy",
    "r2",
    "validation",
    "stop_reason",
    "verdict",
    "findings",
    "weights",
    "bias",
    "weights_original",
    "bias_original",
    "seconds",
    "updates_per_second",
}


def test_json_of_two_classes(run: Run, flowers: Path) -> None:
    words = ("--target", "kind", "--features", "width,height", "--epochs", 50, "--json")
    done = run("train", flowers, *words)
    assert (done.code, done.err) == (0, "")
    seen = done.json
    assert set(seen) >= KEYS
    assert seen["samples"] == 60
    assert seen["features"] == ["width", "height"]
    assert seen["classes"] == ["a", "b"]
    assert (seen["task"], seen["activation"], seen["loss"], seen["optimizer"]) == (
        "binary",
        "sigmoid",
        "cross_entropy",
        "gd",
    )
    assert (seen["epochs"], seen["updates"]) == (50, 50)
    assert 0.0 < seen["loss_value"] < np.log(2)
    assert 0.0 < seen["best_loss"] < seen["loss_value"]
    assert 0.5 < seen["accuracy"] <= 1.0
    assert (seen["r2"], seen["validation"], seen["findings"]) == (None, None, [])
    assert seen["stop_reason"] == "epochs"
    assert seen["verdict"]["kind"] in {"improving", "converged"}
    assert (len(seen["weights"]), len(seen["bias"])) == (2, 1)
    assert (len(seen["weights_original"]), len(seen["bias_original"])) == (2, 1)
    assert seen["updates_per_second"] > 0


def test_the_figures_of_the_json_are_those_of_the_library(run: Run, flowers: Path) -> None:
    words = ("--target", "kind", "--l2", 0.1, "--validation", 0.25, "--seed", 3, "--epochs", 40)
    seen = run("train", flowers, *words, "--json").json
    dataset = slp.Dataset.from_table(slp.read_csv(flowers), "kind", validation=0.25, seed=3)
    result = slp.train(dataset, slp.TrainingConfig(l2=0.1, seed=3, epochs=40))
    assert seen["loss_value"] == result.snapshot.loss
    assert seen["weights"] == result.snapshot.parameters.W.tolist()
    assert seen["validation"] == {
        "loss_value": result.snapshot.validation_loss,
        "accuracy": result.snapshot.validation_accuracy,
        "r2": None,
    }


def test_weights_in_original_units_give_the_same_scores(run: Run, flowers: Path) -> None:
    words = ("--target", "kind", "--features", "width,height", "--epochs", 30, "--json")
    seen = run("train", flowers, *words).json
    table = slp.read_csv(flowers)
    raw = np.column_stack([table.column(name).values for name in ("width", "height")]).astype(float)
    scaled = (raw - raw.mean(axis=0)) / raw.std(axis=0)
    of_scaled = scaled @ np.array(seen["weights"]) + np.array(seen["bias"])
    of_raw = raw @ np.array(seen["weights_original"]) + np.array(seen["bias_original"])
    np.testing.assert_allclose(of_raw, of_scaled, rtol=0, atol=1e-10)


def test_json_of_many_classes(run: Run) -> None:
    seen = run("train", "sample:iris", "--epochs", 20, "--json").json
    assert (seen["task"], seen["activation"], len(seen["classes"])) == ("multiclass", "softmax", 3)
    assert np.shape(seen["weights"]) == (4, 3)


def test_json_of_a_regression(run: Run, prices: Path) -> None:
    seen = run("train", prices, "--target", "price", "--json").json
    assert (seen["task"], seen["activation"], seen["loss"]) == (
        "regression",
        "identity",
        "quadratic",
    )
    assert (seen["classes"], seen["accuracy"]) == (None, None)
    assert seen["r2"] > 0.999
    assert seen["weights_original"][0][0] == pytest.approx(3.0, abs=0.02)
    assert seen["verdict"]["kind"] == "converged"


def test_higher_degrees_have_no_weights_in_original_units(run: Run) -> None:
    seen = run("train", "sample:circles", "--degree", 2, "--epochs", 5, "--json").json
    assert (seen["weights_original"], seen["bias_original"]) == (None, None)
    assert len(seen["weights"]) == len(seen["terms"]) == 5


def test_every_run_option_arrives(run: Run) -> None:
    words = (
        "--activation tanh --loss squared_hinge --optimizer adam --learning-rate 0.05 "
        "--momentum 0.8 --schedule cosine --batch-size 32 --epochs 7 --l1 0.001 --l2 0.01 "
        "--no-bias --initializer normal --scaling minmax --degree 2 --validation 0.2 --seed 9 "
        "--clip-norm 5 --stop-loss 1e-9 --stop-gradient 1e-9 --stop-seconds 60 --patience 50 "
        "--class-weights balanced"
    )
    seen = run("train", "sample:two_gaussians", *words.split(), "--json").json
    assert (seen["activation"], seen["loss"], seen["optimizer"]) == (
        "tanh",
        "squared_hinge",
        "adam",
    )
    assert (seen["samples"], seen["epochs"], seen["updates"]) == (160, 7, 35)
    assert seen["bias"] == [0.0]
    assert seen["validation"]["accuracy"] is not None


def test_the_same_seed_gives_the_same_numbers(run: Run) -> None:
    words = ("train", "sample:moons", "--batch-size", 16, "--epochs", 5, "--json", "--seed")
    first, again, other = (run(*words, seed).json["weights"] for seed in (4, 4, 5))
    assert first == again
    assert first != other


def test_left_the_finite_numbers(run: Run, tmp_path: Path) -> None:
    """Exit code 3; nulls for what is not finite; the last finite weights are written."""
    weights = tmp_path / "w.json"
    words = [
        "--target",
        "y",
        "--scaling",
        "none",
        "--activation",
        "identity",
        "--loss",
        "quadratic",
    ]
    table = write_csv(tmp_path / "x.csv", "x,y", [f"{n * 1000},{n}.5" for n in range(20)])
    done = run("train", table, *words, "--learning-rate", 10, "--output", weights, "--json")
    assert done.code == 3
    assert done.err.startswith("perceptron-lab: error: ")
    assert f"are written to {weights}" in done.err
    assert "Traceback" not in done.err
    seen = done.json
    assert (seen["stop_reason"], seen["verdict"]["kind"]) == ("not_finite", "not_finite")
    written = json.loads(weights.read_text(encoding="utf-8"))
    assert np.isfinite(written["weights"]).all()
    assert written["weights"] == seen["weights"]


def test_the_page_names_what_matters(run: Run, flowers: Path) -> None:
    done = run("train", flowers, "--target", "kind", "--epochs", 20)
    assert (done.code, done.err) == (0, "")
    for word in ("60 samples", "sigmoid + cross_entropy", "accuracy", "stopped", "verdict"):
        assert word in done.out
    table = done.out[done.out.index("weights (original units)") :]
    for row in ("width", "height", "colour = ", "bias"):
        assert row in table


def test_the_page_of_many_weights_points_to_the_files(run: Run) -> None:
    out = run("train", "sample:digits", "--epochs", 2).out
    assert "--output" in out
    assert len(out.splitlines()) < 30


def test_rows_left_out_are_said(run: Run, tmp_path: Path) -> None:
    lines = ["1,a", ",b", "3,a", "4,b", "5,a"]
    table = write_csv(tmp_path / "holes.csv", "x,y", lines)
    words = ("train", table, "--target", "y", "--epochs", 1)
    assert "1 rows left out" in run(*words).out
    assert run(*words, "--json").json["left_out"] == 1


def test_names_of_any_script_survive(run: Run, tmp_path: Path) -> None:
    lines = [f"{n},{'ja' if n % 2 else 'né'}" for n in range(10)]
    table = write_csv(tmp_path / "häuser 日本.csv", "größe,ответ", lines)
    seen = run("train", table, "--target", "ответ", "--epochs", 1, "--json").json
    assert (seen["features"], set(seen["classes"])) == (["größe"], {"ja", "né"})


def test_names_with_commas_are_quoted(run: Run, tmp_path: Path) -> None:
    lines = [f"{n},{n * n},{'ab'[n % 2]}" for n in range(10)]
    table = write_csv(tmp_path / "x.csv", '"width, mm",height,y', lines)
    words = ("--target", "y", "--features", '"width, mm",height', "--epochs", 1, "--json")
    assert run("train", table, *words).json["features"] == ["width, mm", "height"]


def test_findings_are_printed_and_in_the_json(run: Run) -> None:
    words = ("sample:saturated_start", "--activation", "sigmoid", "--loss", "quadratic")
    more = ("--initializer", "saturated", "--learning-rate", 0.5, "--epochs", 100)
    seen = run("train", *words, *more, "--json").json
    assert seen["verdict"]["kind"] == "saturated"
    assert [row["id"] for row in seen["findings"]] == ["P9", "P10", "P11", "L8"]
    assert all(row["text"] for row in seen["findings"])
    assert seen["best_loss"] < 0.1 < seen["loss_value"]
    printed = run("train", *words, *more).out
    assert "saturated: Stuck: " in printed
    assert "L8 Saturation trap: " in printed


def test_the_best_loss_of_a_penalised_run_is_that_of_its_objective(run: Run) -> None:
    words = ("sample:iris", "--l2", 0.1, "--optimizer", "newton", "--json")
    seen = run("train", *words).json
    assert seen["best_loss"] == pytest.approx(seen["loss_value"], rel=1e-9)
    assert (seen["best_loss_exact"], seen["separable"]) == (True, False)
    assert seen["verdict"]["kind"] in ("converged", "penalty_dominates")


def test_problems_of_the_file_are_among_the_findings(run: Run, tmp_path: Path) -> None:
    lines = [f"{i};{i % 7};{'a' if i > 20 else 'b'}" for i in range(40)]
    lines[3] = "3;;b"
    path = tmp_path / "holes.csv"
    path.write_text("x;z;kind\n" + "\n".join(lines) + "\n", encoding="utf-8")
    found = run("train", path, "--target", "kind", "--epochs", 5, "--json").json["findings"]
    assert found[0]["id"] == "P1"
    assert "1 of 40 rows" in found[0]["text"]
