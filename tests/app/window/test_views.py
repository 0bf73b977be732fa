from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.plots.curves import CurvesPlot
from app.theme import THEMES
from app.window.views import Views


def test_the_enlarged_table_fills_the_window(qtbot: QtBot) -> None:
    views = Views(THEMES["light"])
    qtbot.addWidget(views)
    views.resize(900, 700)
    with qtbot.waitExposed(views):
        views.show()
    views.show_below(True)
    below = views.panes["below"]
    qtbot.wait(50)  # until the panes have their sizes
    small = below.height()
    views.enlarge("below")
    qtbot.waitUntil(lambda: below.size() == views.size())
    views.put_back()
    qtbot.waitUntil(lambda: abs(below.height() - small) < 3)
    assert views.panes["main"].isVisible()


def test_escape_puts_an_enlarged_view_back(qtbot: QtBot) -> None:
    views = Views(THEMES["light"])
    qtbot.addWidget(views)
    with qtbot.waitExposed(views):
        views.show()
    QTest.mouseClick(views.panes["first"].enlarge, Qt.MouseButton.LeftButton)
    assert views.enlarged == "first"
    focus = views.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    assert views.enlarged == ""
    assert views.panes["main"].isVisible()


def test_logarithmic_values_are_for_all_curves_but_shares(qtbot: QtBot) -> None:
    views = Views(THEMES["light"])
    qtbot.addWidget(views)
    keys = ("loss", "gradient", "step", "rate", "accuracy")
    curves = {key: views.view(key) for key in keys}

    def logarithmic() -> list[str]:
        found = {key: view for key, view in curves.items() if isinstance(view, CurvesPlot)}
        return [key for key, view in found.items() if view.toggles.is_on("log_y")]

    views.set_log(False, False)
    assert logarithmic() == []
    views.set_log(False, True)
    assert logarithmic() == ["loss", "gradient", "step", "rate"]
