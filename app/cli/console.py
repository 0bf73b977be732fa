"""What the command line writes: results to stdout, errors and progress to stderr."""

from __future__ import annotations

import io
import json
import math
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np

PROGRAM = "perceptron-lab"
_BAR_WIDTH = 24
_BAR_SECONDS = 0.1


def plain_streams() -> None:
    """Make both streams write any text: UTF-8 into files and pipes, "?" where a console cannot.

    What is written to a closed stream (``>&-``, or a Windows program without a console) is lost.
    """
    # Python sets a closed stream to None. In the order of their numbers, each takes the lowest free
    # one: a file that is opened later must not get the number that libraries write messages to.
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - stays open
            setattr(sys, name, nowhere)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if not stream.isatty():
                stream.reconfigure(encoding="utf-8")
            stream.reconfigure(errors="replace")


def say(*lines: str) -> None:
    """Write lines of the result to stdout."""
    for line in lines:
        sys.stdout.write(f"{line}\n")


def say_json(value: Mapping[str, Any]) -> None:
    """Write ``value`` to stdout as one JSON object; what is not finite becomes null."""
    json.dump(plain(value), sys.stdout, allow_nan=False)
    sys.stdout.write("\n")


def complain(text: str, *more: str) -> None:
    """Write an error to stderr: one line that begins ``perceptron-lab: error:``, then more."""
    _write_error("error", text, *more)


def warn(text: str) -> None:
    """Write a warning to stderr: the work is done, and something about it must be known."""
    _write_error("warning", text)


def note(text: str) -> None:
    """Write a remark to stderr, if somebody is looking at it."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{text}\n")


def _write_error(kind: str, text: str, *more: str) -> None:
    first = " ".join(text.split())
    lines = [f"{PROGRAM}: {kind}: {first}", *(f"  {line}" for line in more if line)]
    sys.stdout.flush()
    sys.stderr.write("\n".join(lines) + "\n")


def plain(value: Any) -> Any:
    """``value`` in the types of JSON: arrays as lists, mappings as dicts, not finite as None."""
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # any mapping
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(item) for item in value]  # pyright: ignore[reportUnknownVariableType]  # any sequence
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value


class Progress:
    """A bar on stderr, drawn only on a terminal and at most ten times a second."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._shown = 0
        self._next = 0.0
        self._live = sys.stderr.isatty()

    def show(self, share: float, text: str = "") -> None:
        """Draw the bar at ``share`` (0..1), followed by ``text``."""
        if not self._live or monotonic() < self._next:
            return
        self._next = monotonic() + _BAR_SECONDS
        filled = round(_BAR_WIDTH * min(max(share, 0.0), 1.0))
        bar = "#" * filled + "." * (_BAR_WIDTH - filled)
        line = f"{self._title} [{bar}] {share:4.0%}  {text}"
        sys.stderr.write("\r" + line.ljust(self._shown))
        sys.stderr.flush()
        self._shown = len(line)

    def clear(self) -> None:
        """Wipe the bar."""
        if self._shown:
            sys.stderr.write("\r" + " " * self._shown + "\r")
            sys.stderr.flush()
            self._shown = 0
