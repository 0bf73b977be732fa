from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.plots.toggles import Toggles
from app.settings import SWITCHES, Settings
from app.theme import THEMES
from app.window.switches import Switches
from app.window.views import Views


def _views(qtbot: QtBot, file: Path) -> tuple[Views, Settings]:
    settings = Settings(file)
    views = Views(THEMES["light"])
    qtbot.addWidget(views)
    views.resize(1400, 800)
    Switches(views, settings)
    with qtbot.waitExposed(views):
        views.show()
    views.shut_down()  # nothing in the background outlives a test
    return views, settings


def _toggles(views: Views, view: str) -> Toggles:
    header = views.header(view)
    assert isinstance(header, Toggles)
    return header


def _click(toggles: Toggles, text: str) -> None:
    button = next(b for b in toggles.findChildren(QToolButton) if b.text() == text)
    button.setEnabled(True)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_switches_are_as_they_were_left(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    views, settings = _views(qtbot, file)
    assert not _toggles(views, "decision").is_on("ghosts")
    _click(_toggles(views, "decision"), "Ghosts")
    _click(_toggles(views, "decision"), "Contours")
    _click(_toggles(views, "loss"), "epochs")
    settings.save()
    again, _ = _views(qtbot, file)
    decision, loss = _toggles(again, "decision"), _toggles(again, "loss")
    assert decision.is_on("ghosts")
    assert not decision.is_on("contours")
    assert decision.is_on("residuals")
    assert loss.is_on("epochs")
    assert not _toggles(again, "gradient").is_on("epochs")


def test_a_view_that_is_built_later_has_its_switches_too(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    views, settings = _views(qtbot, file)
    views.show_view("pair")
    before = _toggles(views, "pair").is_on("loss")
    _toggles(views, "pair").set("loss", not before)
    settings.save()
    again, _ = _views(qtbot, file)
    again.show_view("pair")
    assert _toggles(again, "pair").is_on("loss") == (not before)


def test_the_axes_of_curves_follow_their_own_setting(qtbot: QtBot, tmp_path: Path) -> None:
    views, settings = _views(qtbot, tmp_path / "settings.ini")
    _click(_toggles(views, "loss"), "log x")
    assert not any("log_x" in text for text in settings.get(SWITCHES))


def test_foreign_texts_and_switches_that_are_gone_are_left_alone(
    qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "settings.ini"
    settings = Settings(file)
    settings.set(SWITCHES, ["+decision/gone", "decision/ghosts", "", "+", "-decision/contours"])
    settings.save()
    views, _ = _views(qtbot, file)
    assert not _toggles(views, "decision").is_on("contours")
    assert not _toggles(views, "decision").is_on("ghosts")
