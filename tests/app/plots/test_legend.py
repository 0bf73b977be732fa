from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QColor, QImage, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.plots.labels import ElidedLabel, row
from app.plots.legend import Entry, Legend
from app.plots.marks import line, no_mark
from app.theme import THEMES
from tests.app.plots.examples import picture, settle, show


def made(qtbot: QtBot, names: list[str], width: int) -> Legend:
    legend = Legend()
    legend.set_theme(THEMES["light"])
    legend.set_entries([Entry(name, no_mark) for name in names])
    return show(qtbot, legend, width, 40)


def test_entries_wrap_to_the_width(qtbot: QtBot) -> None:
    names = [f"class {n}" for n in range(10)]
    wide = made(qtbot, names, 1200)
    narrow = made(qtbot, names, 400)
    assert wide.texts == narrow.texts == tuple(names)
    assert narrow.height() > wide.height()


def test_what_does_not_fit_is_summed_up(qtbot: QtBot) -> None:
    names = [f"class {n}" for n in range(60)]
    legend = made(qtbot, names, 400)
    assert 0 < len(legend.texts) < 60
    last = legend.texts[-1]
    assert last == names[len(legend.texts) - 1]
    end = legend.rect().bottomRight()
    assert "class 59" in legend.tip_at(end)
    assert "class 59" in legend.accessibleDescription()


def test_long_names_are_cut_and_whole_in_the_tooltip(qtbot: QtBot) -> None:
    name = "an endless class name " * 5 + "end"
    legend = made(qtbot, [name], 500)
    assert "…" in legend.texts[0]
    assert legend.texts[0].endswith("end"), "names differ at their ends"
    assert legend.tip_at(legend.rect().center() / 2) == name


def test_large_type_keeps_its_distance_from_the_marks(qtbot: QtBot) -> None:
    def end_of_mark(factor: float) -> int:
        legend = Legend()
        legend.set_theme(THEMES["light"].sized(factor))
        legend.set_entries([Entry("HHH", line(QPen(QColor("#ff0000"), 2.0 * factor)))])
        image = picture(show(qtbot, legend, 300, 40))
        row = range(image.width())
        columns = [x for x in row for y in range(image.height()) if _is_red(image, x, y)]
        words = [x for x in row for y in range(image.height()) if _is_dark(image, x, y)]
        return min(words) - max(columns)

    assert end_of_mark(1.0) >= 3
    assert end_of_mark(2.0) >= 6


def _is_red(image: QImage, x: int, y: int) -> bool:
    color = image.pixelColor(x, y)
    return color.red() > 200 and color.green() < 100


def _is_dark(image: QImage, x: int, y: int) -> bool:
    color = image.pixelColor(x, y)
    return max(color.red(), color.green(), color.blue()) < 110


def test_a_label_gives_way_and_tells_the_rest(qtbot: QtBot) -> None:
    label = show(qtbot, ElidedLabel(), 60, 30)
    label.tip = "why"
    label.setText("short")
    label.resize(300, 30)
    assert label.toolTip() == "why"
    label.setText("long " * 100)
    assert label.toolTip() == "long " * 100 + "\nwhy"
    assert label.minimumSizeHint().width() == 0


def test_a_number_that_changes_moves_nothing_around_it(qtbot: QtBot) -> None:
    box = QWidget()
    column = QVBoxLayout(box)
    label = ElidedLabel(first=True)
    column.addLayout(row((ElidedLabel(), 1), (label, 0)))
    label.setText("saturated 12 %")
    show(qtbot, box, 300, 60)
    asked = LayoutRequests(box)
    label.setText("saturated 13 %")
    settle(qtbot)
    assert asked.count == 0
    label.setText("saturated 100 %")
    settle(qtbot)
    assert asked.count > 0
    assert label.text() == label.accessibleName() == "saturated 100 %"
    assert label.width() >= label.sizeHint().width()


class LayoutRequests(QObject):
    """Counts how often a widget lays out what is in it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def test_a_factor_stays_when_its_name_gives_way(qtbot: QtBot) -> None:
    label = show(qtbot, ElidedLabel(), 100, 30)
    label.set_parts("long " * 100, " ×10⁶ →")
    assert label.shown.endswith("… ×10⁶ →")
    label.resize(5000, 30)
    assert label.shown == label.text()


def test_what_follows_a_number_does_not_move_when_it_gets_shorter(qtbot: QtBot) -> None:
    legend = made(qtbot, ["class"], 400)

    def lefts(first: str) -> list[int]:
        legend.set_entries(
            [Entry(f"train {first}", no_mark, value=first), Entry("held 1", no_mark, value="1")]
        )
        return [x for x in range(400) if legend.tip_at(QPoint(x, 8)) == "held 1"][:1]

    wide = lefts("0.123456, smoothed 0.2")
    assert lefts("0.2") == wide
    assert lefts("0.2012") == wide


def test_a_number_is_never_cut_and_the_first_entry_never_left_out(qtbot: QtBot) -> None:
    legend = made(qtbot, ["class"], 170)
    name = "Run with a very long name that says what it is"
    legend.set_entries([Entry(f"{name} 0.1234", no_mark, value="0.1234") for _ in range(5)])
    assert len(legend.texts) == 3
    assert all(text.endswith("0.1234") and "…" in text for text in legend.texts)


def test_a_value_that_has_no_room_at_all_shows_that_it_is_cut(qtbot: QtBot) -> None:
    legend = made(qtbot, ["class"], 120)
    value = "1.70e305, smoothed 1.23e304"
    legend.set_entries([Entry(f"train {value}", no_mark, value=value)])
    assert legend.texts[0].endswith("…")
    assert legend.tip_at(QPoint(30, 8)) == f"train {value}"
