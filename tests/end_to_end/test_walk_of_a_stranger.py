"""Somebody who reads only tooltips finds out why a saturated start is stuck, by clicks alone.

From an empty window: a sample, a second run with another loss, Play, and the reason. Each step is
taken where a tooltip (or a text in plain sight) said that it leads there.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.dialogs.gallery import Gallery
from app.moment import RunMoment
from app.plots.pair_plot import PairPlot
from app.window.main_window import MainWindow
from tests.app.workspace_examples import is_open

pytestmark = pytest.mark.qt_log_ignore("does not support")

LEFT = Qt.MouseButton.LeftButton


def live(window: MainWindow) -> tuple[RunMoment, ...]:
    return window.workspace.runs.live(window.workspace.player.frame)


def button(window: MainWindow, key: str, leads: str) -> QWidget:
    """The button of a command, whose tooltip says what it leads to."""
    found = window.toolbar.widgetForAction(window.actions_[key])
    assert leads in found.toolTip()
    return found


def open_sample(window: MainWindow, qtbot: QtBot, *, says: str) -> None:
    """Click Samples, the card that says so, and Open."""
    QTest.mouseClick(button(window, "file.samples", "built-in data sets"), LEFT)
    gallery = window.findChild(Gallery)
    assert isinstance(gallery, Gallery)
    qtbot.waitUntil(lambda: gallery.cards.isVisible() and gallery.cards.model().rowCount() > 0)
    cards = gallery.cards
    place = next(row for row in rows(gallery) if says in text_of(row))
    cards.scrollTo(place)
    QTest.mouseClick(cards.viewport(), LEFT, pos=cards.visualRect(place).center())
    QTest.mouseClick(gallery.open_button, LEFT)


def rows(gallery: Gallery) -> list[QModelIndex]:
    model = gallery.cards.model()
    return [model.index(row, 0) for row in range(model.rowCount())]


def text_of(place: QModelIndex) -> str:
    """What a card says, to eyes and to a screen reader alike."""
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleDescriptionRole)
    return " ".join(str(place.data(role)) for role in (*roles, Qt.ItemDataRole.ToolTipRole))


def right_click(field: QWidget) -> QMenu:
    """The menu that a right click opens."""
    place = QPoint(12, field.height() // 2)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, field.mapToGlobal(place), Qt.KeyboardModifier(0)
    )
    QApplication.sendEvent(field, event)
    return next(menu for menu in field.findChildren(QMenu) if menu.isVisible())


def click_entry(menu: QMenu, fits: Callable[[QAction], bool]) -> QAction:
    """Click an entry of an open menu with the mouse."""
    entry = next(action for action in menu.actions() if fits(action))
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())
    return entry


def test_tooltips_lead_from_an_empty_window_to_the_reason(window: MainWindow, qtbot: QtBot):
    window.resize(1366, 768)
    space, model = window.workspace, window.panels.model
    assert "Compare" not in window.status.message.text()
    open_sample(window, qtbot, says="quadratic loss stands still")
    qtbot.waitUntil(
        lambda: is_open(space, "sample:saturated_start") and len(live(window)) == 1, timeout=10_000
    )
    assert (model.activation.value(), model.loss.value()) == ("sigmoid", "quadratic")
    assert model.initializer.value() == "saturated"

    assert "right click compares" in model.loss.toolTip()
    menu = right_click(model.loss)
    entry = click_entry(menu, lambda action: "Cross-entropy" in action.text())
    assert "second run beside this one" in entry.toolTip()
    qtbot.waitUntil(lambda: len(live(window)) == 2)
    assert "same weights" in window.status.message.text()

    play = button(window, "run.play", "Start or pause the training")
    window.speed.set_value(None)  # at the usual speed the same takes three seconds
    QTest.mouseClick(play, LEFT)
    qtbot.waitUntil(lambda: live(window)[0].snapshot.update >= 400, timeout=20_000)
    QTest.mouseClick(play, LEFT)
    qtbot.waitUntil(lambda: not space.player.playing)

    stuck, learnt = live(window)
    assert stuck.snapshot.accuracy is not None
    assert learnt.snapshot.accuracy is not None
    assert stuck.snapshot.accuracy < 0.3
    assert learnt.snapshot.accuracy > 0.85

    assert model.card.word.text() == "Saturates"
    assert "pair plot" in model.card.word.toolTip()
    QTest.mouseClick(model.card.word, LEFT)
    assert window.views is not None
    assert "pair" in window.views.arrangement().values()
    plot = window.views.view("pair")
    assert isinstance(plot, PairPlot)
    assert plot.isVisible()
    told = plot.accessibleDescription() + " ".join(
        str(part.property("text") or "") for part in plot.findChildren(QWidget)
    )
    assert "hardly teach" in told

    why = window.status.why
    assert isinstance(why, QPushButton)
    assert "evidence" in why.toolTip()
    qtbot.waitUntil(lambda: "Why? (" in why.text(), timeout=20_000)
    QTest.mouseClick(why, LEFT)
    assert "findings" in window.views.arrangement().values()


def test_the_sentence_stays_while_the_mouse_rests_on_a_button(window: MainWindow, qtbot: QtBot):
    """A tip in the status line would hide what is said of the run, and half of its own line."""
    said = window.status.message.text()
    for key in ("run.play", "run.compare", "file.open"):
        QTest.mouseMove(button(window, key, ""))
        QApplication.processEvents()
        assert window.status.currentMessage() == ""
        assert window.status.message.isVisible()
    assert window.status.message.text() == said
