"""Files and built-in sets as sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.origins import origin_from
from app.sources import DataOptions, check_source, dataset_from, read_source, usual_settings
from slp_core.data.samples import SAMPLES
from slp_core.errors import ConfigError, SlpError
from slp_core.training.config import TrainingConfig


@pytest.mark.parametrize("key", SAMPLES)
def test_a_sample_knows_its_target(key: str) -> None:
    source = read_source(f"sample:{key}")
    assert source.target == SAMPLES[key].target
    assert dataset_from(source, DataOptions()).target == source.target


def test_a_file_knows_no_target(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,x\n2,y\n3,x\n4,y\n", encoding="utf-8")
    seen: list[float] = []
    source = read_source(str(path), seen.append)
    assert (source.target, source.table.names) == (None, ("a", "b"))
    dataset = dataset_from(source, DataOptions(target="b", scaling="none", degree=2))
    assert (dataset.target, dataset.scaling, dataset.degree) == ("b", "none", 2)


def test_the_choice_of_a_person_comes_before_the_usual_target() -> None:
    source = read_source("sample:iris")
    chosen = dataset_from(source, DataOptions(target="petal_width", features=("petal_length",)))
    assert (chosen.target, chosen.feature_names) == ("petal_width", ("petal_length",))


def test_what_is_no_source_is_refused_at_once(tmp_path: Path) -> None:
    check_source("sample:iris")
    with pytest.raises(ConfigError, match="none"):
        check_source("sample:none")
    with pytest.raises(FileNotFoundError):
        check_source(str(tmp_path / "missing.csv"))
    with pytest.raises(IsADirectoryError):
        check_source(str(tmp_path))
    session = tmp_path / "s.slp"
    session.touch()
    with pytest.raises(SlpError, match="not supported yet"):
        check_source(str(session))


def test_every_choice_arrives(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,x\n2,y\n,x\n4,y\n9,x\n5,z\n", encoding="utf-8")
    choice = DataOptions(
        missing="median", sine=True, renames=(("x", "cross"),), stratify=False, validation=0.2
    )
    dataset = dataset_from(read_source(str(path)), choice)
    assert (dataset.missing, dataset.filled, dataset.left_out) == ("median", 1, 0)
    assert (dataset.sine, dataset.classes) == (True, ("cross", "y", "z"))
    assert (dataset.stratify, dataset.validation) == (False, 0.2)


def test_a_set_begins_with_the_settings_that_show_it() -> None:
    shown = usual_settings(origin_from("sample:saturated_start"))
    assert (shown.activation, shown.loss, shown.initializer) == (
        "sigmoid",
        "quadratic",
        "saturated",
    )
    for name in ("sample:iris", "sample:none", "file.csv"):
        assert usual_settings(origin_from(name)) == TrainingConfig()


@pytest.mark.parametrize("key", SAMPLES)
def test_the_settings_of_every_set_suit_it(key: str) -> None:
    dataset = dataset_from(read_source(f"sample:{key}"), DataOptions())
    resolved = usual_settings(origin_from(f"sample:{key}")).resolved(dataset)
    assert resolved.learning_rate is not None
