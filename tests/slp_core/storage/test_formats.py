from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.errors import ConfigError, DataError
from slp_core.storage import weights_json
from slp_core.storage.formats import FORMATS, load_model
from tests.slp_core.storage.models import CONTRACT_FIELDS, HOSTILE, PAIRS, assert_same, make_model

LOADABLE = [key for key, row in FORMATS.items() if row.decode]


@pytest.mark.parametrize("suffix", LOADABLE)
@pytest.mark.parametrize(("activation", "loss"), PAIRS)
def test_every_pair_comes_back_to_the_last_bit(
    tmp_path: Path, suffix: str, activation: str, loss: str
) -> None:
    model = make_model(activation, loss, metrics={"loss": 0.1, "accuracy": None})
    path = tmp_path / f"weights{suffix}"
    model.save(path)
    assert_same(load_model(path), model)


@pytest.mark.parametrize("suffix", LOADABLE)
@pytest.mark.parametrize("degree", [1, 3])
@pytest.mark.parametrize("classes", [(), ("no", "yes")])
def test_tasks_and_degrees_come_back(
    tmp_path: Path, suffix: str, degree: int, classes: tuple[str, ...]
) -> None:
    model = make_model("identity", "quadratic", classes, degree=degree)
    path = tmp_path / f"weights{suffix.upper()}"
    model.save(path)
    assert_same(load_model(path), model)


@pytest.mark.parametrize("suffix", LOADABLE)
def test_hostile_names_come_back(tmp_path: Path, suffix: str) -> None:
    model = make_model(classes=HOSTILE, features=HOSTILE)
    model.save(tmp_path / f"w{suffix}")
    assert_same(load_model(tmp_path / f"w{suffix}"), model)


@settings(deadline=None)
@given(number=st.floats(allow_nan=False, allow_infinity=False), name=st.text())
def test_any_number_and_any_name_come_back_from_json(number: float, name: str) -> None:
    model = make_model(features=(name, "y"), metrics={name: number})
    back = weights_json.decode(weights_json.encode(model), Path("w.json"))
    assert back.metrics == {name: number}
    assert back.preparation == model.preparation


def test_the_json_file_has_the_promised_fields_in_order(tmp_path: Path) -> None:
    make_model(metrics={"loss": float("inf")}).save(tmp_path / "w.json")
    document = json.loads((tmp_path / "w.json").read_text())
    assert [name for name in document if name in CONTRACT_FIELDS] == CONTRACT_FIELDS
    assert document["format"] == "perceptron-lab-weights"
    assert document["version"] == 1
    assert set(document["features"][0]) >= {"name", "center", "scale"}
    assert np.shape(document["weights"]) == (2, 3)
    assert np.shape(document["weights_original"]) == (2, 3)
    assert document["metrics"]["loss"] is None


def test_there_are_no_original_weights_above_degree_one(tmp_path: Path) -> None:
    make_model(degree=2).save(tmp_path / "w.json")
    document = json.loads((tmp_path / "w.json").read_text())
    assert document["weights_original"] is None
    assert document["bias_original"] is None


def test_numpy_reads_the_archive_without_pickles(tmp_path: Path) -> None:
    model = make_model()
    model.save(tmp_path / "w.npz")
    with np.load(tmp_path / "w.npz", allow_pickle=False) as arrays:
        assert np.array_equal(arrays["weights"], model.parameters.W)
        assert arrays["classes"].tolist() == ["A", "B", "C"]
        assert str(arrays["activation"]) == "softmax"
        assert arrays["weights_original"].shape == (2, 3)


def test_a_name_an_archive_cannot_hold_is_refused(tmp_path: Path) -> None:
    model = make_model(features=("x\0", "y"))
    with pytest.raises(DataError, match="NUL"):
        model.save(tmp_path / "w.npz")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["w.onnx", "w.txt", "w", "json"])
def test_other_ends_of_the_name_are_refused_with_those_that_work(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError) as caught:
        make_model().save(tmp_path / name)
    assert caught.value.allowed == (".json", ".npz", ".csv", ".py")
    assert ".json" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [".csv", ".py"])
def test_files_that_hold_less_than_a_model_are_not_loaded(tmp_path: Path, suffix: str) -> None:
    make_model().save(tmp_path / f"w{suffix}")
    with pytest.raises(DataError) as caught:
        load_model(tmp_path / f"w{suffix}")
    assert caught.value.code == "weights.not_loadable"


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path, tmp_path / "a\0b.json"):
        with pytest.raises(DataError) as caught:
            load_model(path)
        assert caught.value.code == "file.unreadable"


@settings(deadline=None, max_examples=60)
@given(share=st.floats(0.0, 0.99), suffix=st.sampled_from(LOADABLE))
def test_a_file_cut_off_anywhere_is_refused(share: float, suffix: str) -> None:
    decode = FORMATS[suffix].decode
    assert decode is not None
    data = FORMATS[suffix].encode(make_model())
    with pytest.raises(DataError):
        decode(data[: int(share * len(data))], Path("w"))


@pytest.mark.parametrize("byte", [0x00, 0x14, 0x7F, 0xFF])
def test_a_damaged_directory_of_an_archive_is_refused_or_harmless(byte: int) -> None:
    decode = FORMATS[".npz"].decode
    assert decode is not None
    whole = FORMATS[".npz"].encode(make_model())
    for place in range(1, 400):
        data = bytearray(whole)
        data[-place] = byte
        try:
            assert decode(bytes(data), Path("w")).parameters.is_finite
        except DataError as error:
            assert error.message.startswith("w")  # noqa: PT017 - either outcome is right


@settings(deadline=None, max_examples=150)
@given(place=st.floats(0.0, 1.0), byte=st.integers(0, 255), suffix=st.sampled_from(LOADABLE))
def test_a_changed_byte_is_refused_or_harmless(place: float, byte: int, suffix: str) -> None:
    decode = FORMATS[suffix].decode
    assert decode is not None
    data = bytearray(FORMATS[suffix].encode(make_model()))
    data[int(place * (len(data) - 1))] = byte
    try:
        model = decode(bytes(data), Path("w"))
    except DataError as error:
        assert error.message.startswith("w")  # noqa: PT017 - either outcome is right
    else:
        assert model.parameters.is_finite
