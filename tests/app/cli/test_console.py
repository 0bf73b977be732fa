"""What is written where."""

from __future__ import annotations

import io
import math
import sys
from collections.abc import Callable

import numpy as np
import pytest

from app.cli.console import Progress, complain, note, plain, plain_streams, say_json


class Terminal(io.StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (math.nan, None),
        (-math.inf, None),
        (0.1, 0.1),
        (np.float64(0.1), 0.1),
        (np.float32("inf"), None),
        (np.int64(3), 3),
        (np.bool_(True), True),
        (np.array([[1.0, np.nan]]), [[1.0, None]]),
        ({"a": (1, np.array([2]))}, {"a": [1, [2]]}),
        ("text", "text"),
        (None, None),
    ],
)
def test_values_become_plain(value: object, expected: object) -> None:
    assert plain(value) == expected
    assert type(plain(value)) is type(expected)


def test_json_is_plain_ascii(capsys: pytest.CaptureFixture[str]) -> None:
    say_json({"name": "größe", "value": 0.1})
    out = capsys.readouterr().out
    assert out.isascii()
    assert "0.1" in out


def test_an_error_keeps_its_first_line_whole(capsys: pytest.CaptureFixture[str]) -> None:
    complain("one\ntwo", "three")
    assert capsys.readouterr().err == "perceptron-lab: error: one two\n  three\n"


def shown(action: Callable[[], None], stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    action()
    return stream.getvalue()


def bar() -> None:
    progress = Progress("training")
    progress.show(0.5, "epoch 5")
    progress.show(0.6, "too soon after the last")
    progress.clear()


def test_a_bar_is_drawn_and_wiped_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(bar, Terminal(), monkeypatch)
    assert "training" in text
    assert "50%" in text
    assert "epoch 5" in text
    assert "too soon" not in text
    assert text.endswith("\r")
    assert text.split("\r")[-2].strip() == ""


def test_there_is_neither_bar_nor_note_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(bar, io.StringIO(), monkeypatch) == ""
    assert shown(lambda: note("a remark"), io.StringIO(), monkeypatch) == ""
    assert shown(lambda: note("a remark"), Terminal(), monkeypatch) == "a remark\n"


def test_a_poor_console_gets_question_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    console = io.TextIOWrapper(raw, encoding="ascii")
    monkeypatch.setattr(console, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", console)
    plain_streams()
    sys.stdout.write("R² 1\n")
    sys.stdout.flush()
    assert raw.getvalue() == b"R? 1\n"


def test_files_and_pipes_get_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    plain_streams()
    sys.stdout.write("R²\n")
    sys.stdout.flush()
    assert raw.getvalue() == "R²\n".encode()
