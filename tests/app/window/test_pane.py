from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.theme import THEMES
from app.view_kinds import VIEW_KINDS
from app.window.pane import Pane
from app.window.view_builders import BUILDERS

SMALL = (300, 210)
"""What a view still has to be read in, and above it the line of the pane."""


def shown(qtbot: QtBot, key: str, theme: str, size: tuple[int, int] = SMALL) -> Pane:
    pane, showing = Pane("first"), BUILDERS[key]()
    qtbot.addWidget(pane)
    pane.set_theme(THEMES[theme])
    showing.set_theme(THEMES[theme])
    pane.set_view(key, showing)
    pane.resize(*size)
    with qtbot.waitExposed(pane):
        pane.show()
    QApplication.processEvents()
    end = getattr(showing.widget, "shut_down", None)
    if callable(end):
        end()
    return pane


def place(pane: Pane, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(pane, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("key", VIEW_KINDS)
def test_every_view_fits_into_a_small_pane(qtbot: QtBot, key: str) -> None:
    pane = shown(qtbot, key, "light")
    assert (pane.width(), pane.height()) == SMALL
    for button in (pane.chooser, pane.picture, pane.enlarge):
        assert pane.rect().contains(place(pane, button)), button.accessibleName()


@pytest.mark.parametrize("key", VIEW_KINDS)
def test_what_a_header_says_is_not_cut_off(qtbot: QtBot, key: str) -> None:
    pane = shown(qtbot, key, "light")
    header = pane.showing.header if pane.showing is not None else None
    if header is None:
        return
    assert header.width() == 0 or pane.rect().contains(place(pane, header))
    for button in header.findChildren(QToolButton):
        if button.isVisible():
            assert button.width() >= min(button.sizeHint().width(), 50), button.text()


def test_what_does_not_fit_beside_the_name_goes_below_it(qtbot: QtBot) -> None:
    pane = shown(qtbot, "landscape", "light")
    header = pane.showing.header if pane.showing is not None else None
    assert header is not None
    assert place(pane, header).top() >= place(pane, pane.chooser).bottom()
    pane.resize(700, 300)
    QApplication.processEvents()
    assert place(pane, header).top() < place(pane, pane.chooser).bottom()
