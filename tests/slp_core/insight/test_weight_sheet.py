from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.data.dataset import Dataset
from slp_core.data.samples import load_sample
from slp_core.insight.weight_sheet import changed, in_units, output_names, why_not_original
from slp_core.network.parameters import Parameters

IRIS = load_sample("iris")
VALUE = st.floats(-1e3, 1e3)


def some(data: Dataset, outputs: int, seed: int = 1) -> Parameters:
    random = np.random.default_rng(seed)
    return Parameters(random.normal(size=(data.terms, outputs)), random.normal(size=outputs))


def sheet(parameters: Parameters) -> np.ndarray:
    return np.vstack((parameters.W, parameters.b))


@settings(deadline=None)
@given(st.integers(0, 4), st.integers(0, 2), VALUE, st.sampled_from(["scaled", "original"]))
def test_one_number_changes_in_its_units_and_no_other(
    row: int, column: int, value: float, units: str
) -> None:
    before = some(IRIS, 3)
    after = changed(IRIS.preparation, before, (row, column), value, units)  # pyright: ignore[reportArgumentType]  # one of two words
    wanted = sheet(in_units(IRIS.preparation, before, units)).copy()  # pyright: ignore[reportArgumentType]
    wanted[row, column] = value
    found = sheet(in_units(IRIS.preparation, after, units))  # pyright: ignore[reportArgumentType]
    np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-9)
    assert not after.W.flags.writeable
    assert not after.b.flags.writeable


def test_without_a_bias_the_scaled_one_stays() -> None:
    before = Parameters(np.ones((4, 3)), np.zeros(3))
    after = changed(IRIS.preparation, before, (1, 1), 5.0, "original", bias=False)
    np.testing.assert_array_equal(after.b, 0.0)
    assert in_units(IRIS.preparation, after, "original").W[1, 1] == pytest.approx(5.0)


def test_original_units_give_the_same_scores() -> None:
    at = some(IRIS, 3)
    raw = np.stack([IRIS.inputs(j) for j in range(4)], axis=1)
    original = in_units(IRIS.preparation, at, "original")
    np.testing.assert_allclose(
        raw @ original.W + original.b, IRIS.prepared @ at.W + at.b, atol=1e-9
    )


def test_powers_have_no_original_weights_and_say_why() -> None:
    squares = load_sample("iris", degree=2)
    assert "powers" in why_not_original(squares.preparation)
    assert why_not_original(IRIS.preparation) == ""
    at = some(squares, 3)
    assert in_units(squares.preparation, at, "original") is at
    after = changed(squares.preparation, at, (6, 2), 4.0, "original")
    assert after.W[6, 2] == 4.0


def test_outputs_are_named_after_what_they_speak_for() -> None:
    assert output_names(IRIS, 3) == IRIS.classes
    moons = load_sample("moons")
    assert output_names(moons, 1) == (moons.classes[1],)
    assert output_names(load_sample("noisy_line"), 1) == (load_sample("noisy_line").target,)
