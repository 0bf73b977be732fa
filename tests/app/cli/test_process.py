"""The program as it is started: true processes, pipes and signals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "app"]


def start(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=100,
        env={**os.environ, **more},
    )


def test_train_to_json() -> None:
    done = start("train", "sample:iris", "--epochs", 5, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["updates"] == 5


def test_the_command_is_installed() -> None:
    program = Path(sys.executable).with_name("perceptron-lab")
    if not program.exists():
        pytest.skip("run from a tree that is not installed")
    done = subprocess.run(
        [program, "inspect", "missing.csv"],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("perceptron-lab: error: missing.csv")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c(tmp_path: Path) -> None:
    words = ["train", "sample:iris", "--epochs", "1000000000", "--output", str(tmp_path / "w.json")]
    program = (
        "import sys; sys.stderr.isatty = lambda: True; "
        "from app.__main__ import main; sys.exit(main())"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr is not None
        seen = b""
        while b"epoch" not in seen:  # the bar says that training is under way
            seen += os.read(process.stderr.fileno(), 4096)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, b"")
    assert b"perceptron-lab: error: interrupted" in err
    assert b"Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_reader_that_leaves_early() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [*PROGRAM, "inspect", "sample:digits"],
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=100,
        )
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


CLOSED = pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes streams")


def start_closed(closing: str, *words: object) -> subprocess.CompletedProcess[str]:
    """The program with some of its streams closed, as a shell does it: ``>&-``."""
    return subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {closing}', "sh", *PROGRAM, *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=100,
    )


@CLOSED
@pytest.mark.parametrize("closing", [">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("words", "code"),
    [("inspect sample:iris --json", 0), ("inspect --help", 0), ("inspect missing.csv", 2)],
)
def test_what_a_closed_stream_would_have_shown_is_lost_and_nothing_else(
    closing: str, words: str, code: int
) -> None:
    done = start_closed(closing, *words.split())
    assert done.returncode == code, done
    assert "Traceback" not in done.stderr
    assert bool(done.stdout) == (closing == "2>&-" and code == 0)
    assert bool(done.stderr) == (closing == ">&-" and code == 2)


@CLOSED
def test_weights_are_written_whole_where_nothing_can_be_said(tmp_path: Path) -> None:
    """The file would get the number of a closed stream, and all that is written there."""
    weights = tmp_path / "w.json"
    words = ("train", "sample:iris", "--epochs", 3, "--output", weights)
    done = start_closed("<&- >&- 2>&-", *words)
    assert done.returncode == 0
    assert json.loads(weights.read_text(encoding="utf-8"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="display of Linux")
@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"DISPLAY": ":987"},
        {"QT_QPA_PLATFORM": "xcb"},
        {"QT_QPA_PLATFORM": "wayland"},
        {"QT_QPA_PLATFORM": "nonsense"},
        {"WAYLAND_DISPLAY": "wayland-987", "XDG_RUNTIME_DIR": "/nowhere"},
        {"WAYLAND_DISPLAY": "wayland-987", "DISPLAY": ":987"},
    ],
    ids=lambda environment: " ".join(environment) or "nothing",
)
def test_no_display_is_found_out_before_qt_aborts(environment: dict[str, str]) -> None:
    nothing = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    done = start(**{**nothing, **environment})
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert done.stderr.startswith("perceptron-lab: error: ")
    assert "perceptron-lab train sample:iris" in done.stderr
    assert "QT_QPA_PLATFORM=offscreen" in done.stderr
    assert "Traceback" not in done.stderr
