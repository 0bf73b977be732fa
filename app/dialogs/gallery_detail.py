"""The right side of the gallery: one set large, with its source, or the sliders that make it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.dialogs.gallery_rows import counts_text
from app.origins import SampleOrigin
from app.panels.generator_panel import GeneratorPanel
from app.theme import GRID, current_theme
from slp_core.data.samples import SAMPLES, Sample

WIDTH = 292
"""Width at 11 pt."""
_HIGH = 0.62

Picture = Callable[[SampleOrigin, QSize], QImage | None]


class Preview(QWidget):
    """The picture of one set; the one before stays until the next is drawn."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self._picture = picture
        self._origin: SampleOrigin | None = None
        self._shown: QImage | None = None
        self.setAccessibleName("Preview")

    def set_origin(self, origin: SampleOrigin | None, *, keep: bool = False) -> None:
        """Show another set; ``keep`` leaves the old picture there while the new one is drawn."""
        self._origin = origin
        if not keep:
            self._shown = None
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the column, in the shape of a screen."""
        width = round(WIDTH * current_theme().font_size / 11.0)
        return QSize(width, round(_HIGH * width))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Other colours or type: draw anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._shown = None
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture in its frame."""
        theme = current_theme()
        if self._origin is not None:
            size = self.size() - QSize(2, 2)
            self._shown = self._picture(self._origin, size) or self._shown
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.surface))
        if self._origin is not None and self._shown is not None:
            painter.drawImage(1, 1, self._shown)
        painter.setPen(QColor(theme.border))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class SampleDetail(QWidget):
    """A function of one `SampleOrigin`, or None when the search finds nothing."""

    value_changed = Signal(object)
    """The new `SampleOrigin`, after an edit by a person."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self.preview = Preview(picture)
        self.title = _label("title")
        self.counts = _label("muted")
        self.summary = _label()
        self.points = GeneratorPanel()
        self.source = _label("small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.preview)
        column.addSpacing(GRID // 2)
        for widget in (self.title, self.counts, self.summary):
            column.addWidget(widget)
        column.addSpacing(GRID)
        column.addWidget(self.points)
        column.addWidget(self.source)
        column.addStretch(1)
        self.points.value_changed.connect(self._edited)
        self.points.moved.connect(self._moved)
        self._fit()

    def set_value(self, origin: SampleOrigin | None) -> None:
        """Show a set; says nothing."""
        self.preview.set_origin(origin)
        for widget in (self.preview, self.title, self.counts, self.summary, self.source):
            widget.setVisible(origin is not None)
        self.points.setVisible(origin is not None and SAMPLES[origin.key].generated)
        if origin is None:
            return
        row = SAMPLES[origin.key]
        self.title.setText(row.label)
        self.summary.setText(row.summary)
        self.source.setText(_source_text(row))
        if row.generated:
            self.points.set_value(origin)
        self._count(origin)

    def is_editing(self) -> bool:
        """Whether one of the numbers that make the points has the keys."""
        return any(field.hasFocus() for field in self.points.findChildren(QWidget))

    def changeEvent(self, event: QEvent) -> None:
        """Larger type takes a wider column."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    @Slot(object)
    def _edited(self, origin: SampleOrigin) -> None:
        self._moved(origin)
        self.value_changed.emit(origin)

    @Slot(object)
    def _moved(self, origin: SampleOrigin) -> None:
        self.preview.set_origin(origin, keep=True)
        self._count(origin)

    def _count(self, origin: SampleOrigin) -> None:
        self.counts.setText(counts_text(SAMPLES[origin.key], origin.points))

    def _fit(self) -> None:
        self.setFixedWidth(round(WIDTH * current_theme().font_size / 11.0))


def _source_text(row: Sample) -> str:
    if not row.generated:
        return f"Source: {row.source}.\nLicence: {row.licence}."
    settings = "\nOpens with the settings that show it." if row.settings else ""
    return f"Drawn on this computer, {row.licence}.{settings}"


def _label(role: str = "") -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    return label
