"""The program as a process of its own: exit codes, signals, and no thread left to kill it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest


def environment(tmp_path: Path) -> dict[str, str]:
    return os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(tmp_path)}


def perceptron_lab(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *words],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_picture_of_the_window_is_saved_without_a_word(tmp_path: Path):
    picture = tmp_path / "window.png"
    done = perceptron_lab(tmp_path, "sample:xor", "--screenshot", str(picture), "--size", "900x600")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "words",
    [
        ("sample:xor", "--target", "nope"),
        ("sample:xor", "--activation", "tanh", "--loss", "cross_entropy"),
    ],
)
def test_what_cannot_be_shown_is_said_and_no_picture_taken(tmp_path: Path, words: tuple[str, ...]):
    picture = tmp_path / "window.png"
    done = perceptron_lab(tmp_path, *words, "--screenshot", str(picture))
    assert done.returncode == 2
    assert done.stderr.startswith("perceptron-lab: error: ")
    assert "Traceback" not in done.stderr
    assert not picture.exists()


def test_a_picture_that_cannot_be_written_is_an_error(tmp_path: Path):
    done = perceptron_lab(tmp_path, "--screenshot", str(tmp_path / "no" / "such" / "folder.png"))
    assert done.returncode == 2
    assert done.stderr.startswith("perceptron-lab: error: ")


READY = """
import sys
from app.__main__ import main
from app.window.main_window import MainWindow

build = MainWindow.build_views

def told(window):
    build(window)
    print("ready", flush=True)

MainWindow.build_views = told
sys.argv = ["perceptron-lab", "sample:moons", "--play"]
sys.exit(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a terminal")
def test_ctrl_c_closes_the_window(tmp_path: Path):
    with subprocess.Popen(
        [sys.executable, "-c", READY],
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "ready\n"
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 0
    assert "Traceback" not in errors
