from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.dialogs.gallery import FIRST, Gallery
from app.dialogs.gallery_rows import ROW, counts_text, short_counts
from app.origins import SampleOrigin
from app.theme import THEMES, apply
from slp_core.data.samples import SAMPLES, Sample


@pytest.fixture
def gallery(qtbot: QtBot) -> Iterator[Gallery]:
    made = stays(Gallery())
    qtbot.addWidget(made)
    made.resize(1000, 690)
    made.show()
    qtbot.waitUntil(lambda: bool(made.cards.visualRect(made.cards.currentIndex()).width()))
    yield made
    made.close()


def stays(gallery: Gallery) -> Gallery:
    """A gallery that is still there to be asked when it is closed."""
    gallery.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return gallery


def current(gallery: Gallery) -> str:
    row = gallery.cards.currentIndex().data(ROW)
    assert isinstance(row, Sample)
    return row.key


def said(gallery: Gallery) -> str:
    labels = gallery.detail.findChildren(QLabel)
    return " ".join(label.text() for label in labels if label.isVisible())


def test_it_begins_with_the_first_set_and_its_keys_on_the_cards(gallery: Gallery) -> None:
    assert gallery.value() == SampleOrigin(FIRST)
    assert current(gallery) == FIRST
    assert gallery.focusWidget() is gallery.cards
    assert gallery.open_button.isDefault()


def test_it_begins_with_what_is_open(qtbot: QtBot) -> None:
    origin = SampleOrigin("moons", points=500, seed=3)
    gallery = stays(Gallery(None, origin))
    qtbot.addWidget(gallery)
    assert gallery.value() == origin
    assert current(gallery) == "moons"
    assert gallery.detail.points.value() == origin


def test_every_set_has_a_card_and_headings_are_passed_over(gallery: Gallery) -> None:
    assert gallery.rows.keys() == list(SAMPLES)
    seen = {current(gallery)}
    for _ in range(2 * len(SAMPLES)):
        QTest.keyClick(gallery.cards, Qt.Key.Key_Right)
        seen.add(current(gallery))
    for _ in range(len(SAMPLES)):
        QTest.keyClick(gallery.cards, Qt.Key.Key_Down)
        seen.add(current(gallery))
    assert "cars" in seen
    for _ in range(len(SAMPLES)):
        QTest.keyClick(gallery.cards, Qt.Key.Key_Up)
    assert current(gallery) in list(SAMPLES)[:4]


def test_cards_stand_in_full_lines_under_their_heading(gallery: Gallery) -> None:
    view, rows = gallery.cards, gallery.rows
    places = [view.visualRect(rows.index(row, 0)) for row in range(rows.rowCount())]
    across = len({place.left() for place in places[1:5]})
    assert across >= 3
    assert places[1].top() == places[2].top() == places[3].top()
    assert places[0].bottom() <= places[1].top() + 1
    assert all(place.right() <= view.viewport().width() for place in places)
    heading = rows.place_of("iris")
    assert heading is not None
    assert places[heading - 1].top() >= places[heading - 2].bottom() - 1


def test_letters_search_and_escape_takes_the_search_back(qtbot: QtBot, gallery: Gallery) -> None:
    QTest.keyClicks(gallery.cards, "wi")
    QTest.keyClicks(gallery.search, "ne")
    assert gallery.search.text() == "wine"
    assert gallery.rows.keys() == ["wine"]
    assert gallery.value() == SampleOrigin("wine")
    QTest.keyClick(gallery.search, Qt.Key.Key_Escape)
    assert gallery.isVisible()
    assert gallery.search.text() == ""
    assert gallery.value() == SampleOrigin("wine")
    with qtbot.waitSignal(gallery.rejected):
        QTest.keyClick(gallery.cards, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("search", "keys"),
    [
        ("regression", ["noisy_line", "noisy_plane", "cars"]),
        ("MEASURED 10 classes", ["digits"]),
        ("generated 5 classes", ["five_blobs"]),
        ("uci 3 classes", ["iris", "wine"]),
        ("gauss 200 p", ["two_gaussians"]),
        ("missing?", []),
    ],
)
def test_the_search_reads_what_a_set_is_and_where_it_is_from(
    gallery: Gallery, search: str, keys: list[str]
) -> None:
    gallery.search.setText(search)
    assert gallery.rows.keys() == keys


def test_nothing_found_says_so_and_opens_nothing(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.search.setText("xyzzy")
    assert gallery.nothing.isVisible()
    assert "xyzzy" in gallery.nothing.text()
    assert not gallery.open_button.isEnabled()
    assert said(gallery) == ""
    with qtbot.assertNotEmitted(gallery.chosen):
        QTest.keyClick(gallery.search, Qt.Key.Key_Return)
    gallery.search.clear()
    assert gallery.cards.isVisible()
    assert current(gallery) == FIRST
    assert "Two Gaussians" in said(gallery)


def test_arrows_in_the_search_go_to_the_cards(gallery: Gallery) -> None:
    gallery.search.setFocus()
    QTest.keyClick(gallery.search, Qt.Key.Key_Down)
    assert gallery.focusWidget() is gallery.cards


@pytest.mark.parametrize("place", ["cards", "search"])
def test_enter_opens_what_is_chosen(qtbot: QtBot, gallery: Gallery, place: str) -> None:
    gallery.set_value(SampleOrigin("spiral"))
    heard: list[SampleOrigin] = []
    gallery.chosen.connect(heard.append)
    field = getattr(gallery, place)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert heard == [SampleOrigin("spiral")]
    assert not gallery.isVisible()


def test_a_double_click_opens(qtbot: QtBot, gallery: Gallery) -> None:
    place = gallery.rows.place_of("separable")
    assert place is not None
    spot: QPoint = gallery.cards.visualRect(gallery.rows.index(place, 0)).center()
    viewport = gallery.cards.viewport()
    heard: list[SampleOrigin] = []
    gallery.chosen.connect(heard.append)
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=spot)
    assert gallery.value() == SampleOrigin("separable")
    assert not heard
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=spot)
    assert heard == [SampleOrigin("separable")]


def test_enter_in_the_seed_is_about_the_points(qtbot: QtBot, gallery: Gallery) -> None:
    seed = gallery.detail.points.seed
    seed.setFocus()
    seed.selectAll()
    QTest.keyClicks(seed, "7")
    QTest.keyClick(seed, Qt.Key.Key_Return)
    assert gallery.isVisible()
    assert gallery.value() == SampleOrigin(FIRST, seed=7)


def test_what_the_sliders_say_is_kept_from_card_to_card(gallery: Gallery) -> None:
    QTest.keyClick(gallery.detail.points.points.slider, Qt.Key.Key_End)
    changed = SampleOrigin(FIRST, points=50_000)
    assert gallery.value() == changed
    assert "50,000 points" in said(gallery)
    gallery.set_value(SampleOrigin("iris"))
    assert not gallery.detail.points.isVisible()
    assert "CC BY 4.0" in said(gallery)
    assert "Fisher" in said(gallery)
    gallery.cards.setCurrentIndex(gallery.rows.index(1, 0))
    assert gallery.value() == changed


def test_the_picture_follows_the_handle(qtbot: QtBot, gallery: Gallery) -> None:
    preview, pictures = gallery.detail.preview, gallery.pictures
    with qtbot.waitSignal(pictures.ready, check_params_cb=_is_large):
        gallery.set_value(SampleOrigin("xor", seed=99))
    before = preview.grab().toImage()
    with qtbot.waitSignal(pictures.ready, check_params_cb=_is_large):
        gallery.detail.points.moved.emit(SampleOrigin("xor", noise=0.01, seed=99))
    after = preview.grab().toImage()
    assert before != after
    assert gallery.value() == SampleOrigin("xor", seed=99)


def test_cards_get_their_pictures(qtbot: QtBot, gallery: Gallery) -> None:
    qtbot.waitUntil(lambda: _colours(gallery.cards.grab().toImage()) > 100)


def _is_large(place: str) -> bool:
    return place == "large"


def _colours(image: QImage) -> int:
    """Different colours along some lines of a picture."""
    middle = range(60, min(image.height(), 180), 3)
    return len({image.pixel(x, y) for y in middle for x in range(0, image.width(), 2)})


@pytest.mark.parametrize("key", list(THEMES))
@pytest.mark.parametrize("size", [(1000, 690), (1300, 690)])
def test_nothing_is_cut_in_any_look(
    qtbot: QtBot, qapp: QApplication, key: str, size: tuple[int, int]
) -> None:
    apply(qapp, THEMES[key])
    gallery = stays(Gallery(None, SampleOrigin("breast_cancer")))
    qtbot.addWidget(gallery)
    gallery.resize(*size)
    gallery.show()
    assert (gallery.width(), gallery.height()) == size
    for widget in (gallery.open_button, gallery.search, gallery.detail.preview):
        assert gallery.rect().contains(widget.geometry().translated(QPoint(0, 0)))
    assert not gallery.detail.title.text().endswith("…")
    for label in (gallery.detail.summary, gallery.detail.source):
        assert label.height() >= label.heightForWidth(label.width())
    gallery.close()
    apply(qapp, THEMES["light"])


def test_controls_explain_themselves(gallery: Gallery) -> None:
    for control in (gallery.search, gallery.open_button):
        assert control.toolTip().endswith(".")
    for control in (gallery.search, gallery.cards, gallery.detail.preview):
        assert control.accessibleName()
    index = gallery.rows.index(1, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Two Gaussians. 200 points · 2 features · 2 classes. Two overlapping")


def test_counts_follow_the_sliders() -> None:
    sample = SAMPLES["three_blobs"]
    assert short_counts(sample) == "n 240 · d 2 · 3 classes"
    assert short_counts(sample, 10_000) == "n 10,000 · d 2 · 3 classes"
    assert counts_text(SAMPLES["noisy_line"], 50) == "50 points · 1 feature · regression"
