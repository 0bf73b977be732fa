"""The decision view as a file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

import slp_core as slp
from app.decision_picture import SIZE, draw_decision
from app.theme import THEMES


def colours(path: Path) -> set[str]:
    """The different colours of every third pixel."""
    image = QImage(str(path))
    assert (image.width(), image.height()) == SIZE
    pixels = ((x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3))
    return {QColor(image.pixel(x, y)).name() for x, y in pixels}


@pytest.mark.parametrize("sample", ["noisy_line", "two_gaussians", "iris"])
def test_a_picture_shows_the_classes(qtbot: QtBot, tmp_path: Path, sample: str) -> None:
    dataset = slp.load_sample(sample)
    result = slp.train(dataset, slp.TrainingConfig(epochs=20))
    path = tmp_path / "p.png"
    draw_decision(path, dataset, result.snapshot)
    wanted = {QColor(name).name() for name in THEMES["light"].class_colors[: len(dataset.classes)]}
    assert wanted <= colours(path)
    assert [file.name for file in tmp_path.iterdir()] == ["p.png"]


def test_the_command_line_draws_without_a_display_and_without_a_word(tmp_path: Path) -> None:
    path = tmp_path / "p.png"
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    done = subprocess.run(
        [sys.executable, "-m", "app", "train", "sample:iris", "--picture", path, "--json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        env={name: value for name, value in os.environ.items() if name not in hidden},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(colours(path)) > 100
