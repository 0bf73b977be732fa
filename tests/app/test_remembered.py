from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.remembered import HEAD, MOST_FILES, Remembered, store_path
from app.sources import DataOptions
from slp_core.data.reading_options import ReadingOptions

READING = ReadingOptions(delimiter=";", decimal=",", header=False, kinds=(("id", "text"),))
OPTIONS = DataOptions(target="class", features=("a", "b"), validation=0.25, degree=2)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "files.json"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    path.write_text("a;b;class\n1;2;x\n")
    return path


def entry(store: Path) -> dict[str, Any]:
    return json.loads(store.read_text())["files"][0]


def put(store: Path, **changes: Any) -> None:
    document = json.loads(store.read_text())
    document["files"][0] |= changes
    store.write_text(json.dumps(document))


def test_choices_come_back(store: Path, file: Path) -> None:
    Remembered(store).keep(file, READING, OPTIONS)
    again = Remembered(store)
    assert again.recall(str(file)) == (READING, OPTIONS)
    assert again.note == ""


def test_nothing_is_known_about_an_unseen_file(store: Path, file: Path) -> None:
    kept = Remembered(store)
    assert kept.recall(file) is None
    assert kept.note == ""


def test_a_file_that_grew_is_the_same_another_of_the_name_is_not(store: Path, file: Path) -> None:
    kept = Remembered(store)
    kept.keep(file, READING, OPTIONS)
    file.write_text(file.read_text() + "3;4;y\n" * HEAD)
    assert kept.recall(file) == (READING, OPTIONS)
    file.write_text("x,y\n1,2\n" * 20)
    assert kept.recall(file) is None
    file.write_text("a;b")
    assert kept.recall(file) is None
    file.unlink()
    assert kept.recall(file) is None


def test_only_the_head_of_a_long_file_is_compared(store: Path, file: Path) -> None:
    file.write_text("a;b;class\n" + "1;2;x\n" * HEAD)
    kept = Remembered(store)
    kept.keep(file, READING, OPTIONS)
    file.write_text("a;b;class\n" + "1;2;x\n" * (HEAD - 1) + "9;9;z\n")
    assert kept.recall(file) == (READING, OPTIONS)


def test_the_newest_choice_counts_once(store: Path, file: Path) -> None:
    kept = Remembered(store)
    kept.keep(file, ReadingOptions(), OPTIONS)
    kept.keep(file, READING, OPTIONS)
    assert kept.recall(file) == (READING, OPTIONS)
    assert len(json.loads(store.read_text())["files"]) == 1


def test_forgetting(store: Path, file: Path) -> None:
    kept = Remembered(store)
    kept.keep(file, READING, OPTIONS)
    kept.forget(file)
    assert kept.recall(file) is None


def test_the_store_is_bounded_and_drops_the_oldest(store: Path, file: Path) -> None:
    kept = Remembered(store)
    kept.keep(file, READING, OPTIONS)
    document = json.loads(store.read_text())
    document["files"] = [{"path": f"/{n}"} for n in range(MOST_FILES)] + document["files"]
    store.write_text(json.dumps(document))
    assert kept.recall(file) == (READING, OPTIONS)
    other = file.with_name("b.csv")
    other.write_text("a,b\n")
    kept.keep(other, READING, OPTIONS)
    assert len(json.loads(store.read_text())["files"]) == MOST_FILES
    assert kept.recall(file) is None


def test_a_huge_choice_is_not_kept_and_replaces_an_older_one(store: Path, file: Path) -> None:
    kept = Remembered(store)
    kept.keep(file, READING, OPTIONS)
    many = tuple(f"column number {n}" for n in range(40_000))
    kept.keep(file, READING, replace(OPTIONS, features=many))
    assert kept.recall(file) is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"version": 99, "files": []}', '{"version": 1}', "[" * 20000]
)
def test_a_broken_store_is_said_and_replaced(store: Path, file: Path, text: str) -> None:
    store.parent.mkdir()
    store.write_text(text)
    kept = Remembered(store)
    assert kept.recall(file) is None
    assert "cannot be read" in kept.note
    kept.keep(file, READING, OPTIONS)
    assert kept.recall(file) == (READING, OPTIONS)


@pytest.mark.parametrize(
    "changes",
    [
        {"reading": {"delimiter": 5}},
        {"reading": {"novel": 1}},
        {"reading": None},
        {"options": {"novel": 1}},
        {"options": {"target": 3}},
        {"options": {"features": "abc"}},
        {"options": {"features": [1]}},
        {"options": {"degree": True}},
        {"options": {"degree": 0}},
        {"options": {"validation": 1.5}},
        {"options": {"scaling": "elastic"}},
        {"options": {"task": "dance"}},
        {"options": []},
        {"options": None},
    ],
)
def test_a_wrong_entry_is_ignored_with_a_note(
    store: Path, file: Path, changes: dict[str, Any]
) -> None:
    kept = Remembered(store)
    kept.keep(file, READING, OPTIONS)
    put(store, **changes)
    assert kept.recall(file) is None
    assert file.name in kept.note


def test_a_field_that_was_not_there_yet_has_its_default(store: Path, file: Path) -> None:
    kept = Remembered(store)
    kept.keep(file, READING, OPTIONS)
    put(store, options={"target": "class", "validation": 0})
    assert kept.recall(file) == (READING, DataOptions(target="class"))


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, file: Path) -> None:
    blocked = tmp_path / "plain"
    blocked.write_text("")
    kept = Remembered(blocked / "files.json")
    kept.keep(file, READING, OPTIONS)
    assert "cannot be kept" in kept.note


def test_the_usual_place_is_beside_the_settings(own_settings: Path) -> None:
    assert own_settings in store_path().parents
    assert store_path().name == "files.json"


def test_a_folder_or_a_pipe_is_not_read(store: Path, tmp_path: Path) -> None:
    kept = Remembered(store)
    kept.keep(tmp_path, READING, OPTIONS)
    assert kept.recall(tmp_path) is None


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    target=st.none() | st.text(),
    features=st.none() | st.lists(st.text(), max_size=4).map(tuple),
    validation=st.floats(0, 0.99),
    seed=st.integers(0, 2**31 - 1),
    missing=st.none() | st.lists(st.text(), max_size=3).map(tuple),
)
def test_any_choice_survives(
    store: Path,
    file: Path,
    target: str | None,
    features: tuple[str, ...] | None,
    validation: float,
    seed: int,
    missing: tuple[str, ...] | None,
) -> None:
    options = DataOptions(target=target, features=features, validation=validation, seed=seed)
    reading = ReadingOptions(missing=missing)
    Remembered(store).keep(file, reading, options)
    assert Remembered(store).recall(file) == (reading, options)
