"""``perceptron-lab check``: a typed gradient on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.cli.conftest import Run, write_csv

RIGHT = "E = Z - Y\ndW = X.T @ E / N\ndb = mean(E, axis=0)\n"
KEYS = {
    "verdict",
    "max_relative_error",
    "cosine",
    "mistakes",
    "message",
    "components",
    "shapes",
}
PAIR = ("--activation", "sigmoid", "--loss", "cross_entropy")


def formula(folder: Path, text: str) -> Path:
    path = folder / "formula.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_right_formula_without_data(run: Run, tmp_path: Path) -> None:
    done = run("check", formula(tmp_path, RIGHT), *PAIR, "--json")
    assert (done.code, done.err) == (0, "")
    found = done.json
    assert set(found) == KEYS
    assert (found["verdict"], found["mistakes"]) == ("right", [])
    assert found["max_relative_error"] < 1e-7
    assert found["cosine"] == pytest.approx(1.0)
    assert set(found["components"][0]) == {
        "parameter",
        "row",
        "column",
        "yours",
        "analytic",
        "numeric",
        "relative_error",
    }
    assert {"name": "dW", "shape": [3, 1], "axes": ["features", "outputs"]} in found["shapes"]
    assert {shape["name"] for shape in found["shapes"]} >= {"X", "Y", "Z", "E", "dW", "db"}


def test_a_mistake_is_named_on_a_file_and_on_a_sample(run: Run, tmp_path: Path) -> None:
    rows = [f"{n * 7 % 11},{n * 5 % 13},{'ab'[n % 2]}" for n in range(30)]
    table = write_csv(tmp_path / "data.csv", "x,y,kind", rows)
    path = formula(tmp_path, RIGHT.replace("Z - Y", "Y - Z"))
    found = run("check", path, table, "--target", "kind", *PAIR, "--json").json
    assert (found["verdict"], found["mistakes"]) == ("wrong", ["sign_flipped"])
    assert found["cosine"] == pytest.approx(-1.0)
    found = run("check", path, "sample:iris", "--json").json
    assert found["mistakes"] == ["sign_flipped"]
    assert len(found["components"]) == 3 * (4 * 3 + 3)


def test_for_people_it_is_a_page(run: Run, tmp_path: Path) -> None:
    done = run("check", formula(tmp_path, RIGHT.replace(" / N", "")), "sample:iris")
    assert done.code == 0
    for words in ("Wrong: 1/N forgotten", "divide by N", "W[", "150 x 4 (samples, features)"):
        assert words in done.out
    assert run("check", formula(tmp_path, RIGHT), "sample:iris").out.startswith("Right on 150")


def test_samples_as_columns_penalties_and_no_bias(run: Run, tmp_path: Path) -> None:
    path = formula(tmp_path, "dL_dW = (Z - Y) @ X.T / N + l2 * W + l1 * sign(W)")
    words = ("--convention", "columns", "--l1", "0.1", "--l2", "0.2", "--no-bias", "--json")
    found = run("check", path, *PAIR, *words).json
    assert found["verdict"] == "right"
    assert {row["parameter"] for row in found["components"]} == {"W"}
    found = run("check", path, *PAIR, *words[:6], "--json").json
    assert found["mistakes"] == ["bias_forgotten"]
    assert [row["yours"] for row in found["components"] if row["parameter"] == "b"] == [None] * 3


def test_shapes_that_do_not_meet_are_a_verdict(run: Run, tmp_path: Path) -> None:
    path = formula(tmp_path, "E = Z - Y\ndW = X @ E / N\ndb = mean(E, axis=0)")
    done = run("check", path, *PAIR, "--json")
    assert done.code == 0
    found = done.json
    assert (found["verdict"], found["mistakes"]) == ("wrong", ["transposed"])
    assert "Line 2, column 8" in found["message"]
    assert "X.T" in found["message"]
    assert (found["max_relative_error"], found["cosine"]) == (None, None)
    assert {"name": "dW", "shape": None, "axes": None} in found["shapes"]


def test_numbers_that_are_not_finite_are_null(run: Run, tmp_path: Path) -> None:
    path = formula(tmp_path, "dW = X.T @ (Z - Y) / (N - N)\ndb = mean(Z - Y, axis=0)")
    found = run("check", path, *PAIR, "--json").json
    assert found["verdict"] == "wrong"
    assert found["max_relative_error"] is None
    assert "division by zero in line 1" in found["message"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("E = Z - Y\ndW = X[0]", "line 2, column 7"),
        ("import os", "line 1, column 1"),
        ("E = Z - Y", "line 1, column 1"),
        ("", "line 1, column 1"),
        ("dW = outer(ones(20000), ones(20000))", "line 1, column 6"),
    ],
)
def test_what_is_refused_exits_with_2_and_says_where(
    run: Run, tmp_path: Path, text: str, place: str
) -> None:
    path = formula(tmp_path, text)
    assert f"formula.txt: {place}: " in run("check", path, *PAIR).error
    done = run("check", path, *PAIR, "--json")
    assert (done.code, done.json["verdict"]) == (2, "refused")
    assert set(done.json) == KEYS
    assert done.err.startswith("perceptron-lab: error: ")


def test_input_that_cannot_be_used(run: Run, tmp_path: Path) -> None:
    path = formula(tmp_path, RIGHT)
    assert "required" in run("check").error
    assert "no such file" in run("check", tmp_path / "missing.txt").error
    assert "folder" in run("check", tmp_path).error
    assert (
        "undefined" in run("check", path, "--activation", "tanh", "--loss", "cross_entropy").error
    )
    assert "--target" in run("check", path, "--target", "kind").error
    assert "--points" in run("check", path, "--points", "0").error
    assert "--rows" in run("check", path, "--rows", "0").error
    assert "wave" in run("check", path, "--activation", "wave").error
    assert "no built-in set" in run("check", path, "sample:nothing").error
    table = write_csv(tmp_path / "data.csv", "x,y", ["1,2", "2,3", "4,4"])
    assert "--target COLUMN" in run("check", path, table).error
    (tmp_path / "long.txt").write_text("# long\n" * 20_000, encoding="utf-8")
    assert "too long" in run("check", tmp_path / "long.txt").error
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\xff\xfe\x00")
    assert "UTF-8" in run("check", tmp_path / "picture.txt").error


def test_a_file_with_a_byte_order_mark_and_windows_lines(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "formula.txt"
    path.write_bytes(b"\xef\xbb\xbf" + RIGHT.replace("\n", "\r\n").encode())
    assert run("check", path, *PAIR, "--json").json["verdict"] == "right"
