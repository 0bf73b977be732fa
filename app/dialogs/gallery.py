"""The gallery of built-in sets: cards to choose from, sliders to make points with."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.gallery_cards import CardPainter
from app.dialogs.gallery_detail import SampleDetail
from app.dialogs.gallery_pictures import Pictures
from app.dialogs.gallery_rows import ROW, GalleryRows
from app.dialogs.sheet import Sheet
from app.origins import SampleOrigin
from app.theme import GRID, current_theme
from slp_core.data.samples import SAMPLES, Sample

FIRST = "two_gaussians"
_LARGE = "large"
"""Place of the large picture; the others are called by their set's key."""
_TO_CARDS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_NOTHING = "No set is called “{}”.\nTry iris, moons, regression or 3 classes."


class Gallery(Sheet):
    """A function of one `SampleOrigin`.

    Arrows walk over the cards, letters search, Enter or a double click opens, Esc closes. What the
    sliders of a set were moved to is kept as long as the gallery is open.
    """

    chosen = Signal(object)
    """The `SampleOrigin` to open."""

    def __init__(self, parent: QWidget | None = None, current: SampleOrigin | None = None) -> None:
        super().__init__("Samples", parent)
        self._origins = {key: SampleOrigin(key) for key in SAMPLES}
        self._value = current or SampleOrigin(FIRST)
        self._origins[self._value.key] = self._value
        self.pictures = Pictures(self)
        self.rows = GalleryRows(self)
        self.search = self._search_field()
        self.cards = self._card_view()
        self.detail = SampleDetail(self._large_picture)
        self.nothing = QLabel()
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setProperty("role", "muted")
        self._lay_out()
        self._connect()
        self._choose(self._value.key)
        self._fit()
        application = QApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.pictures.shut_down)

    def value(self) -> SampleOrigin:
        """What is chosen, with the numbers the sliders stand at."""
        return self._value

    def set_value(self, value: SampleOrigin) -> None:
        """Choose a set; says nothing."""
        self._origins[value.key] = value
        self._choose(value.key)

    def done(self, result: int) -> None:
        """End all drawing before the dialog goes."""
        self.pictures.shut_down()
        super().done(result)

    def accept(self) -> None:
        """Open what is chosen, if the search has left anything."""
        if self.rows.keys():
            super().accept()
            self.chosen.emit(self._value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a number or on a slider is about the points, not about opening."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.detail.is_editing():
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """The chosen card is in sight and takes the keys."""
        super().showEvent(event)
        self.cards.scrollTo(self.cards.currentIndex())
        self.cards.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Letters over the cards go to the search, arrows in the search to the cards."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.cards and _is_typing(event):
                self.search.setFocus()
                self.search.insert(event.text())
                return True
            if watched is self.search and self._leaves_search(event.key()):
                self.cards.setFocus()
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Cards measure themselves again when the type changes its size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "cards"):
            self.cards.scheduleDelayedItemsLayout()

    def _leaves_search(self, key: int) -> bool:
        """Arrows go to what was found; Esc takes the search back before it closes the gallery."""
        if key == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            return True
        return key in _TO_CARDS and bool(self.rows.keys())

    def _search_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText("Search samples")
        field.setClearButtonEnabled(True)
        field.setAccessibleName("Search samples")
        field.setToolTip("Find a set by its name, what it teaches, its size or its source.")
        field.installEventFilter(self)
        return field

    def _card_view(self) -> QListView:
        view = QListView()
        view.setModel(self.rows)
        view.setViewMode(QListView.ViewMode.IconMode)
        view.setMovement(QListView.Movement.Static)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setMouseTracking(True)
        view.setAccessibleName("Samples")
        self._painter = CardPainter(view, self._card_picture, self._chosen_points)
        view.setItemDelegate(self._painter)
        view.viewport().setAutoFillBackground(False)
        view.installEventFilter(self)
        return view

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.cards)
        self._stack.addWidget(self.nothing)
        left = QVBoxLayout()
        left.setSpacing(GRID)
        left.addWidget(self.search)
        left.addWidget(self._stack, 1)
        self._side = QScrollArea()
        self._side.setWidget(self.detail)
        self._side.setWidgetResizable(True)
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addLayout(left, 1)
        row.addWidget(self._side)
        self.column.addLayout(row, 1)
        self.open_button = QPushButton("&Open")
        self.open_button.setToolTip(
            "Open the chosen set in place of the data on the screen (Enter)."
        )
        self.buttons.addButton(self.open_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.finish()
        self.open_button.setAutoDefault(True)
        self.open_button.setDefault(True)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._searched)
        self.cards.selectionModel().currentChanged.connect(self._current_changed)
        self.cards.doubleClicked.connect(self._opened)
        self.detail.value_changed.connect(self._edited)
        self.pictures.ready.connect(self._drawn)
        self.buttons.accepted.connect(self.accept)

    def _choose(self, key: str) -> None:
        place = self.rows.place_of(key)
        if place is None:
            self.detail.set_value(None)
            return
        self.cards.setCurrentIndex(self.rows.index(place, 0))
        self._show(key)

    def _show(self, key: str) -> None:
        self._value = self._origins[key]
        self.detail.set_value(self._value)

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, Sample):
            self._show(row.key)

    @Slot(QModelIndex)
    def _opened(self, _index: QModelIndex) -> None:
        self.accept()

    @Slot(str)
    def _searched(self, text: str) -> None:
        """Keep what was chosen if it is still there, else take the first that is."""
        key = self._value.key
        self.rows.set_search(text)
        keys = self.rows.keys()
        self._choose(key if key in keys or not keys else keys[0])
        self._stack.setCurrentWidget(self.cards if keys else self.nothing)
        self.nothing.setText(_NOTHING.format(text.strip()))
        self.open_button.setEnabled(bool(keys))

    @Slot(object)
    def _edited(self, origin: SampleOrigin) -> None:
        self._value = self._origins[origin.key] = origin
        self.cards.viewport().update()

    def _card_picture(self, sample: Sample, size: QSize) -> QImage | None:
        origin = self._origins[sample.key]
        return self.pictures.picture(sample.key, origin, size, self.devicePixelRatioF())

    def _chosen_points(self, sample: Sample) -> int | None:
        return self._origins[sample.key].points

    def _large_picture(self, origin: SampleOrigin, size: QSize) -> QImage | None:
        return self.pictures.picture(_LARGE, origin, size, self.devicePixelRatioF())

    @Slot(str)
    def _drawn(self, place: str) -> None:
        if place == _LARGE:
            self.detail.preview.update()
        else:
            self.cards.viewport().update()

    def _fit(self) -> None:
        """As large as shows four cards side by side, if the screen has the room."""
        scale = current_theme().font_size / 11.0
        room = self.screen().availableSize()
        wide, high = round(1130 * scale), round(720 * scale)
        self.resize(min(wide, room.width() - 4 * GRID), min(high, room.height() - 8 * GRID))


def _is_typing(event: QKeyEvent) -> bool:
    plain = event.modifiers() in (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.ShiftModifier,
    )
    return plain and event.text().isprintable() and bool(event.text().strip())
