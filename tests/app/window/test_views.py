from __future__ import annotations

from pytestqt.qtbot import QtBot

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
