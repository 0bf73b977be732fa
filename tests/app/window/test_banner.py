from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.problems import Problem
from app.window.banner import Banner, DetailsDialog

PROBLEM = Problem("Cannot read", "line 3 is broken", "Mend it.", "Traceback ...", expected=True)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def banner(host: QWidget) -> Banner:
    made = Banner()
    made.setParent(host)
    return made


def test_it_is_hidden_until_there_is_something_to_say(banner: Banner):
    assert not banner.isVisible()


def test_it_says_what_and_what_to_do_and_is_closed_by_escape(banner: Banner, qtbot: QtBot):
    banner.show_problem(PROBLEM)
    assert banner.isVisible()
    assert banner.accessibleName() == "Cannot read. line 3 is broken"
    banner.window().activateWindow()
    with qtbot.waitActive(banner.window()):
        pass
    QTest.keyClick(banner.window(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not banner.isVisible())  # a button's shortcut shows the press first
    assert banner.problem is None


def test_the_details_can_be_copied(qtbot: QtBot):
    dialog = DetailsDialog(PROBLEM)
    qtbot.addWidget(dialog)
    copy = next(b for b in dialog.findChildren(QPushButton) if "Copy" in b.text())
    copy.click()
    text = QGuiApplication.clipboard().text()
    assert "line 3 is broken" in text
    assert "Traceback ..." in text
