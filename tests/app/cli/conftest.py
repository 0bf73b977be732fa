"""Runs the command line in this process, and small files for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.cli import main


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object on stdout; bare NaN and Infinity are refused."""

        def refuse(word: str) -> float:
            raise AssertionError(f"{word} is no JSON")

        return json.loads(self.out, parse_constant=refuse)

    @property
    def error(self) -> str:
        """The error, after the checks that every error must pass."""
        assert self.code == 2, self
        assert self.out == "", self
        assert self.err.startswith("perceptron-lab: error: "), self
        assert "Traceback" not in self.err, self
        assert len(self.err.splitlines()) <= 4, self
        return self.err


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the words of a command line; returns its exit code and what it wrote."""

    def call(*words: object) -> Done:
        capsys.readouterr()
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return call


def write_csv(path: Path, header: str, rows: list[str]) -> Path:
    """A file of lines."""
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def flowers(tmp_path: Path) -> Path:
    """Two features, a text column and two classes that overlap; every cell is there."""
    random = np.random.default_rng(5)
    rows: list[str] = []
    for place in range(60):
        kind = place % 2
        width, height = random.normal((kind * 1.5, 10.0 - kind), 1.0)
        rows.append(f"{width:.4f},{height:.4f},{('red', 'blue')[place // 7 % 2]},{'ab'[kind]}")
    return write_csv(tmp_path / "flowers.csv", "width,height,colour,kind", rows)


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    """One feature and a numeric target: price = 3 size + 2, with a little noise."""
    random = np.random.default_rng(7)
    sizes = random.uniform(10.0, 20.0, 40)
    rows = [f"{size:.4f},{3 * size + 2 + random.normal(0, 0.1):.4f}" for size in sizes]
    return write_csv(tmp_path / "prices.csv", "size,price", rows)
