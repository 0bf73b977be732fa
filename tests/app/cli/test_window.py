"""The words that open the window, and whether one can be opened."""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import NoReturn

import pytest

from app.cli import display
from app.cli.display import check_display, missing_libraries, platforms_tried
from app.cli.parser import parse
from app.cli.window import window_options
from app.launch import WindowOptions
from app.sources import DataOptions
from slp_core.errors import SlpError
from slp_core.training.config import TrainingConfig
from tests.app.cli.conftest import Run


def wishes(*words: str) -> WindowOptions:
    return window_options(parse(words))


def test_no_words_are_the_bare_start() -> None:
    assert wishes() == WindowOptions()


def test_every_wish_arrives(tmp_path: Path) -> None:
    picture = tmp_path / "p.png"
    words = (
        "sample:iris --target species --play --features petal_length,petal_width --degree 2 "
        f"--epochs 5 --no-bias --seed 3 --screenshot {picture} --after 1.5 --size 1366x768"
    )
    assert wishes(*words.split()) == WindowOptions(
        source="sample:iris",
        data=DataOptions(
            target="species", features=("petal_length", "petal_width"), degree=2, seed=3
        ),
        play=True,
        config=TrainingConfig(epochs=5, bias=False, seed=3),
        screenshot=picture,
        after=1.5,
        size=(1366, 768),
    )


def test_a_file_may_be_called_like_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flowers: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    flowers.rename("train")
    assert wishes("./train").source == "./train"


def test_a_bare_word_that_is_a_file_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flowers: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    flowers.rename("flowers")
    assert wishes("flowers").source == "flowers"


def test_the_window_is_opened_with_the_wishes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[WindowOptions] = []

    def open_window(options: WindowOptions) -> int:
        seen.append(options)
        return 0

    monkeypatch.setattr("app.application.open_window", open_window)
    assert run("sample:moons", "--play").code == 0
    assert seen == [WindowOptions(source="sample:moons", play=True)]


def test_help_and_version(run: Run) -> None:
    done = run("--help")
    assert done.code == 0
    for word in ("train", "predict", "inspect", "--screenshot", "--learning-rate"):
        assert word in done.out
    assert run("train", "--help").code == 0
    assert run("--version").out.startswith("perceptron-lab ")


def test_without_a_display(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    error = run().error
    assert "perceptron-lab train sample:iris" in error
    assert "QT_QPA_PLATFORM=offscreen" in error


PLATFORMS: tuple[tuple[dict[str, str], list[str]], ...] = (
    ({}, []),
    ({"DISPLAY": ""}, []),
    ({"DISPLAY": ":0"}, ["xcb"]),
    ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, ["wayland", "xcb"]),
    ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, ["offscreen"]),
    ({"QT_QPA_PLATFORM": "wayland;xcb"}, ["wayland", "xcb"]),
    ({"QT_QPA_PLATFORM": "offscreen:option=1"}, ["offscreen"]),
)


@pytest.mark.parametrize(("environment", "tried"), PLATFORMS)
def test_the_platforms_qt_tries(environment: dict[str, str], tried: list[str]) -> None:
    assert platforms_tried(environment) == tried


def test_other_systems_are_taken_on_trust() -> None:
    check_display({}, "darwin")
    check_display({}, "win32")


def test_drawing_into_memory_needs_no_display() -> None:
    check_display({"QT_QPA_PLATFORM": "offscreen"}, "linux")
    check_display({"QT_QPA_PLATFORM": "minimal"}, "linux")


def test_a_platform_that_does_not_exist_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def plugins() -> dict[str, Path]:
        return {"xcb": Path("libqxcb.so"), "offscreen": Path("libqoffscreen.so")}

    monkeypatch.setattr(display, "plugin_files", plugins)
    with pytest.raises(SlpError, match='no platform called "odd"') as caught:
        check_display({"QT_QPA_PLATFORM": "odd"}, "linux")
    assert "offscreen, xcb" in caught.value.hint


def test_the_plugins_of_the_installed_qt_are_found() -> None:
    found = display.plugin_files()
    assert not found or "offscreen" in found


def test_missing_libraries_are_named_with_their_packages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def load(name: str) -> NoReturn:
        raise OSError("libxcb-cursor.so.0: cannot open shared object file: No such file")

    def plugins() -> dict[str, Path]:
        return {"xcb": tmp_path / "libqxcb.so"}

    monkeypatch.setattr(ctypes, "CDLL", load)
    monkeypatch.setenv("PATH", "")  # no ldd: what the loader says is all there is
    monkeypatch.setattr(display, "plugin_files", plugins)
    with pytest.raises(SlpError, match="libxcb-cursor") as caught:
        check_display({"DISPLAY": ":0"}, "linux")
    assert "apt-get install libxcb-cursor0" in caught.value.hint
    assert "perceptron-lab train sample:iris" in caught.value.hint


def test_a_plugin_that_cannot_load_for_other_reasons_is_left_to_qt(tmp_path: Path) -> None:
    plugin = tmp_path / "libqxcb.so"
    plugin.write_bytes(b"no library")
    assert missing_libraries(plugin) == []
