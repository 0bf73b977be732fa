from __future__ import annotations

import csv
import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from slp_core.storage import source_python, table_csv
from slp_core.storage.model import Model
from tests.slp_core.storage.models import HOSTILE, PAIRS, make_model, some_inputs


def _run(model: Model) -> dict[str, Any]:
    """The names a module defines; it is compiled as it would be from a file."""
    names: dict[str, Any] = {"__name__": "exported"}
    exec(compile(source_python.encode(model), "exported.py", "exec"), names)  # noqa: S102 - it is what is tested
    return names


def _assert_agrees(model: Model) -> None:
    module = _run(model)
    for X in (some_inputs(model), some_inputs(model) * 300, np.zeros((1, X_width(model)))):
        V, Z = model.score_values(X), model.outputs(X)
        np.testing.assert_allclose(module["scores"](X), V, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(module["outputs"](X), Z, rtol=1e-12, atol=1e-12)
        if model.classes:
            assert module["predict"](X).tolist() == model.predict(X).tolist()
        else:
            np.testing.assert_allclose(module["predict"](X), model.predict(X), rtol=1e-12)


def X_width(model: Model) -> int:
    return len(model.preparation.features)


@pytest.mark.parametrize(("activation", "loss"), PAIRS)
@pytest.mark.parametrize("classes", [("no", "yes"), ("A", "B", "C")])
def test_the_module_gives_the_same_outputs(
    activation: str, loss: str, classes: tuple[str, ...]
) -> None:
    _assert_agrees(make_model(activation, loss, classes))


@pytest.mark.parametrize("degree", [1, 2, 5])
@pytest.mark.parametrize("sine", [0.0, 1.0, np.pi])
def test_the_module_expands_terms(degree: int, sine: float) -> None:
    _assert_agrees(make_model(features=("a", "b", "c"), degree=degree, sine=sine))


@pytest.mark.parametrize("activation", ["identity", "relu", "softplus"])
def test_the_module_predicts_values(activation: str) -> None:
    _assert_agrees(make_model(activation, "quadratic", ()))


def test_names_from_files_stay_texts() -> None:
    model = make_model(classes=HOSTILE, features=HOSTILE, metrics={'"""': HOSTILE[1]})
    module = _run(model)
    assert module["FEATURES"] == HOSTILE
    assert module["CLASSES"].tolist() == list(HOSTILE)
    assert "os" not in module
    for name in HOSTILE:
        assert repr(name) in module["__doc__"]
    _assert_agrees(model)


def test_the_module_refuses_inputs_of_another_width() -> None:
    scores = _run(make_model())["scores"]
    for X in ([1.0, 2.0], [[1.0]], [[1.0, 2.0, 3.0]]):
        with pytest.raises(ValueError, match=r"\(n, 2\)"):
            scores(X)


def test_the_header_writes_numbers_as_python_does() -> None:
    metrics = {"loss": np.float64(0.25), "update": np.int64(7)}
    text = source_python.encode(replace(make_model(*PAIRS[0]), metrics=metrics)).decode()
    assert "final loss: 0.25" in text
    assert "final update: 7" in text
    assert "np.float64" not in text


def test_the_module_runs_alone(tmp_path: Path) -> None:
    model = make_model("probit", "cross_entropy", ("no", "yes"), degree=2)
    model.save(tmp_path / "exported.py")
    X = some_inputs(model, rows=3)
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import exported\n"
        f"print(exported.outputs({X.tolist()!r}).tolist())\n"
        "print([n for n in sys.modules if n.split('.')[0] in ('slp_core', 'app', 'scipy')])"
    )
    run = subprocess.run(  # a fresh interpreter without this folder on its path
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    outputs, imported = run.stdout.splitlines()
    np.testing.assert_allclose(
        np.array(eval(outputs)),  # noqa: S307 - it is our own print of numbers
        model.outputs(X),
        rtol=1e-12,
    )
    assert imported == "[]"


# The table


def _rows(model: Model) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table_csv.encode(model).decode(), newline="")))


def test_the_table_has_a_row_for_each_term_and_the_bias() -> None:
    model = make_model(classes=HOSTILE[:3], features=HOSTILE[:4])
    header, *rows = _rows(model)
    original = model.original_parameters()
    assert original is not None
    assert header[3:6] == [f"weight ({name})" for name in HOSTILE[:3]]
    assert [row[0] for row in rows] == [*HOSTILE[:4], "bias"]
    numbers = np.array([[float(cell) for cell in row[3:]] for row in rows])
    assert np.array_equal(numbers[:-1], np.hstack([model.parameters.W, original[0]]))
    assert np.array_equal(numbers[-1], np.hstack([model.parameters.b, original[1]]))
    assert float(rows[0][1]) == model.preparation.features[0].center


def test_the_table_has_no_original_weights_above_degree_one() -> None:
    header, *rows = _rows(make_model(degree=2))
    assert header == ["term", "center", "scale", "weight (A)", "weight (B)", "weight (C)"]
    assert [row[0] for row in rows] == ["x", "y", "x²", "x·y", "y²", "bias"]
    assert [row[1] for row in rows[2:]] == ["", "", "", ""]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_verdict_in_the_header_runs_nothing(text: str) -> None:
    model = make_model("sigmoid", "cross_entropy").judged("converged", text)
    assert model.metrics["verdict"] == text
    _assert_agrees(model)
