"""``perceptron-lab predict``: one line for each row, whatever is in it."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

import slp_core as slp
from tests.app.cli.conftest import Run, write_csv


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


@pytest.fixture
def weights(run: Run, flowers: Path, tmp_path: Path) -> Path:
    """A classifier of the flowers, by width and height."""
    path = tmp_path / "w.json"
    words = ("--target", "kind", "--features", "width,height", "--epochs", 200)
    assert run("train", flowers, *words, "--output", path).code == 0
    return path


def test_predictions_are_those_of_the_library(run: Run, weights: Path, flowers: Path) -> None:
    done = run("predict", weights, flowers)
    assert (done.code, done.err) == (0, "")
    model, table = slp.load_model(weights), slp.read_csv(flowers)
    inputs = np.column_stack([table.column(name).values for name in ("width", "height")]).astype(
        float
    )
    rows = rows_of(done.out)
    assert [row["prediction"] for row in rows] == list(model.predict(inputs))
    shares = [[float(row[f"probability {name}"]) for name in "ab"] for row in rows]
    np.testing.assert_array_equal(shares, model.predict_proba(inputs))


def test_accuracy_is_that_of_the_training(run: Run, flowers: Path, tmp_path: Path) -> None:
    path, out = tmp_path / "w.npz", tmp_path / "p.csv"
    words = ("--target", "kind", "--output", path, "--json")
    accuracy = run("train", flowers, *words).json["accuracy"]
    said = run("predict", path, flowers, "--output", out).out
    assert f"accuracy {accuracy:.2%} ({round(accuracy * 60)} of 60" in said


def test_rows_that_cannot_be_used_stay_empty_and_are_counted(
    run: Run, weights: Path, tmp_path: Path
) -> None:
    lines = ["1,2", ",3", "4,5", "6,", "oops,7", "8,9"]
    table = write_csv(tmp_path / "holes.csv", "width,height", lines)
    done = run("predict", weights, table)
    assert done.code == 0
    filled = [bool(row["prediction"]) for row in rows_of(done.out)]
    assert filled == [True, False, True, False, False, True]
    assert done.err.startswith(
        "perceptron-lab: warning: 3 of 6 rows got no prediction: line 3, 5, 6"
    )


def test_columns_are_found_by_name_and_others_do_not_matter(
    run: Run, weights: Path, tmp_path: Path
) -> None:
    plain = write_csv(tmp_path / "plain.csv", "width,height", ["0,10", "3,8"])
    mixed = write_csv(tmp_path / "mixed.csv", "extra;height;width", ["x;10;0", "y;8;3"])
    assert run("predict", weights, plain).out == run("predict", weights, mixed).out


def test_the_file_holds_what_would_be_printed(
    run: Run, weights: Path, flowers: Path, tmp_path: Path
) -> None:
    path = tmp_path / "p.csv"
    printed = run("predict", weights, flowers).out
    done = run("predict", weights, flowers, "--output", path)
    assert path.read_bytes().decode() == printed
    assert f"wrote {path}: 60 predictions in 60 rows" in done.out


def test_a_regression_has_one_column(run: Run, prices: Path, tmp_path: Path) -> None:
    path, out = tmp_path / "w.json", tmp_path / "p.csv"
    run("train", prices, "--target", "price", "--output", path)
    said = run("predict", path, prices, "--output", out).out
    rows = rows_of(out.read_text(encoding="utf-8"))
    assert list(rows[0]) == ["prediction"]
    truth = slp.read_csv(prices).column("price").values.astype(float)
    np.testing.assert_allclose([float(row["prediction"]) for row in rows], truth, atol=0.5)
    assert "R² 0.99" in said


def test_outputs_that_are_no_probabilities_are_not_called_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    words = ("--activation", "identity", "--loss", "hinge", "--epochs", 20, "--output", path)
    run("train", "sample:two_gaussians", *words)
    row = rows_of(run("predict", path, "sample:two_gaussians").out)[0]
    assert not [name for name in row if name.startswith("probability")]
    assert len(row) == 2


def test_a_sample_of_three_classes(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    run("train", "sample:iris", "--output", path)
    rows = rows_of(run("predict", path, "sample:iris").out)
    assert len(rows) == 150
    assert len(rows[0]) == 4
    sums = [sum(float(value) for value in list(row.values())[1:]) for row in rows]
    np.testing.assert_allclose(sums, 1.0, rtol=1e-12)


def test_one_word_among_numbers_is_named_with_a_way_out(
    run: Run, weights: Path, tmp_path: Path
) -> None:
    new = write_csv(tmp_path / "new.csv", "width,height", ["1,2", "foo,3", ",4"])
    done = run("predict", weights, new)
    assert done.code == 2
    assert "line 3 has 'foo'" in done.err
    assert "--kind width=number" in done.err
    done = run("predict", weights, new, "--kind", "width=number")
    assert done.code == 0
    assert [bool(row["prediction"]) for row in rows_of(done.out)] == [True, False, False]
