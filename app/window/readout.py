"""The numbers of the moment: epoch, loss, best loss, accuracy. Fixed width, so nothing jumps."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.numbers import NONE, number_text, share_text
from app.panels.seldom import Seldom
from slp_core.training.snapshot import Snapshot


def epoch_text(snapshot: Snapshot) -> str:
    """Whole epochs done; parts of the first few with one decimal."""
    epoch = snapshot.epoch
    return f"{epoch:,.0f}" if epoch >= 10_000 or epoch == int(epoch) else f"{epoch:,.1f}"


class _Cell(QWidget):
    """A small caption above a number wide enough for the longest text it will show."""

    def __init__(self, caption: str, widest: str, tip: str) -> None:
        super().__init__()
        self._widest, self._width = widest, 0
        self.caption = QLabel(caption)
        self.caption.setProperty("role", "muted")
        self.number = QLabel(NONE)
        self.number.setProperty("role", "number")
        self.number.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setToolTip(tip)
        # A label without a name of its own tells screen readers of each text, 30 times a second.
        for label in (self.caption, self.number):
            label.setAccessibleName(caption)
        self.setAccessibleName(caption)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.caption)
        box.addWidget(self.number)

    def fit(self) -> None:
        self.number.ensurePolished()
        self._width = 0
        self._make_room(self._widest)

    def show_text(self, text: str) -> None:
        if text != self.number.text():
            self._make_room(text)
            self.number.setText(text)

    def tell(self) -> None:
        """Let a screen reader find the number of now."""
        said = f"{self.caption.text()} {self.number.text()}"
        self.setAccessibleName(said)
        self.number.setAccessibleName(said)

    def _make_room(self, text: str) -> None:
        """A fixed size: a label that may grow has the whole window laid out with each text."""
        metrics = QFontMetricsF(self.number.font())
        width = round(metrics.horizontalAdvance(text)) + 4
        if width > self._width:
            self._width = width
            self.number.setFixedSize(width, ceil(metrics.height()))


class Readout(QWidget):
    """Epoch, loss, best loss so far, and accuracy (R² in regression), on the training samples."""

    told = Signal(str)
    """All numbers in words, at most once a second."""

    def __init__(self) -> None:
        super().__init__()
        self._seldom = Seldom(self)
        self._seldom.passed.connect(self._tell)
        self._epoch = _Cell("epoch", "1,000,000", "Epochs done: passes over the training data")
        self._loss = _Cell("loss", "1.23e-10", "Mean loss over all training samples, now")
        self._best = _Cell("best", "1.23e-10", "The lowest training loss of this run so far")
        self._score = _Cell("accuracy", "> 99.9 %", "Share of training samples classified right")
        self._held = _Cell("validation", "> 99.9 %", "The same on the held-out samples")
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(12)
        for cell in self._cells:
            row.addWidget(cell)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._held.hide()
        self._known = False
        """Whether there are held-out samples."""
        self.fit()

    @property
    def _cells(self) -> tuple[_Cell, ...]:
        return (self._epoch, self._loss, self._best, self._score, self._held)

    def fit(self) -> None:
        """Measure the widths again, after the size of type has changed."""
        for cell in self._cells:
            cell.fit()

    def show_best(self, shown: bool) -> None:
        """Show the best loss so far, or leave it to the loss plot."""
        self._best.setVisible(shown)

    def show_epoch(self, shown: bool) -> None:
        """Show the epoch, or leave it to the time line."""
        self._epoch.setVisible(shown)

    def show_validation(self, shown: bool) -> None:
        """Show what the held-out samples give, where there are any."""
        self._known = shown
        self._held.setVisible(shown)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the numbers of one moment."""
        regression = snapshot.accuracy is None
        self._epoch.show_text(epoch_text(snapshot))
        self._loss.show_text(number_text(snapshot.loss))
        self._best.show_text(number_text(snapshot.best_loss))
        self._score.caption.setText("R²" if regression else "accuracy")
        self._score.show_text(_quality(snapshot.r2, snapshot.accuracy))
        held = _quality(snapshot.validation_r2, snapshot.validation_accuracy)
        self._held.show_text(held)
        self._seldom.offer(self.text())

    @Slot(str)
    def _tell(self, text: str) -> None:
        for cell in self._cells:
            cell.tell()
        self.told.emit(text)

    def text(self) -> str:
        """The same in words, for people who listen to the screen; also what has no room."""
        told = (c for c in self._cells if self._known or c is not self._held)
        return ", ".join(f"{c.caption.text()} {c.number.text()}" for c in told)


def _quality(r2: float | None, accuracy: float | None) -> str:
    if accuracy is not None:
        return share_text(accuracy)
    return NONE if r2 is None else number_text(r2)
