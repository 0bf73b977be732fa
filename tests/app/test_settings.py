from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QSettings

from app import settings as s
from app.settings import Settings


@pytest.fixture
def store(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


def reopened(store: Settings, tmp_path: Path) -> Settings:
    store.save()
    return Settings(tmp_path / "settings.ini")


@pytest.mark.parametrize("setting", s.SETTINGS, ids=lambda row: row.key)
def test_a_fresh_store_gives_valid_defaults(store: Settings, setting: s.Setting[Any]) -> None:
    assert store.get(setting) == setting.default
    assert setting.valid(setting.default)


def test_keys_are_unique() -> None:
    keys = [row.key for row in s.SETTINGS] + list(s.LAYOUTS)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("setting", "value"),
    [(s.THEME, "dark"), (s.SPEED, 12.5), (s.LOG_TIME, True), (s.RECENT, ["/a,b", 'c"d', "é"])],
    ids=lambda x: getattr(x, "key", None),
)
def test_values_come_back_with_their_type(
    store: Settings, tmp_path: Path, setting: s.Setting[Any], value: object
) -> None:
    store.set(setting, value)
    again = reopened(store, tmp_path).get(setting)
    assert again == value
    assert type(again) is type(value)


@pytest.mark.parametrize(
    ("setting", "stored"),
    [
        (s.THEME, '"mauve"'),
        (s.THEME, "not json"),
        (s.SPEED, "-1"),
        (s.SPEED, "true"),
        (s.SPEED, "NaN"),
        (s.SPEED, "1" + 400 * "0"),
        (s.SPEED, "-1" + 400 * "0"),
        (s.SPEED, "1" + 5000 * "0"),
        (s.RECENT, 100_000 * "["),
        (s.LOG_TIME, "1"),
        (s.RECENT, "[1, 2]"),
        (s.RECENT, "{}"),
        (s.TEXT_SCALE, "null"),
    ],
    ids=lambda x: getattr(x, "key", None) or str(x)[:12],
)
def test_a_broken_value_counts_as_never_set(
    tmp_path: Path, setting: s.Setting[Any], stored: str
) -> None:
    raw = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    raw.setValue(setting.key, stored)
    raw.sync()
    assert Settings(tmp_path / "settings.ini").get(setting) == setting.default


def test_setting_a_wrong_value_is_refused(store: Settings) -> None:
    with pytest.raises(ValueError, match="view/theme"):
        store.set(s.THEME, "mauve")


def test_layouts_are_bytes(store: Settings, tmp_path: Path) -> None:
    assert store.layout("window/geometry").isEmpty()
    store.set_layout("window/geometry", QByteArray(b"\x00\x01\xff"))
    assert reopened(store, tmp_path).layout("window/geometry").data() == b"\x00\x01\xff"


def test_recent_files_newest_first_once_and_at_most_ten(store: Settings, tmp_path: Path) -> None:
    files = [tmp_path / f"{n}.csv" for n in range(12)]
    for file in files:
        file.touch()
        store.add_recent(file)
    store.add_recent(files[8])
    assert store.recent_files()[:3] == (files[8], files[11], files[10])
    assert len(store.recent_files()) == 10


def test_recent_files_that_are_gone_come_last(store: Settings, tmp_path: Path) -> None:
    here, gone = tmp_path / "here.csv", tmp_path / "gone.csv"
    here.touch()
    store.add_recent(here)
    store.add_recent(gone)
    assert store.recent_files() == (here, gone)


def test_last_folder_falls_back_to_home(store: Settings, tmp_path: Path) -> None:
    assert store.last_folder() == Path.home()
    store.add_recent(tmp_path / "a.csv")
    assert store.last_folder() == tmp_path
    store.add_recent(tmp_path / "no such folder" / "a.csv")
    assert store.last_folder() == Path.home()


def test_more_open_remembers_each_panel(store: Settings, tmp_path: Path) -> None:
    store.set_more_open("model", True)
    store.set_more_open("data", True)
    store.set_more_open("data", False)
    again = reopened(store, tmp_path)
    assert again.more_open("model")
    assert not again.more_open("data")


def test_default_store_is_the_tests_own(own_settings: Path) -> None:
    Settings().set(s.THEME, "dark")
    mine = Settings()
    mine.save()
    assert mine.get(s.THEME) == "dark"
    assert list(own_settings.rglob("perceptron-lab*"))
