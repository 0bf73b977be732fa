"""The import dialog: a file as it will be read, and everything that can be settled about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.import_choices import ReadingChoices
from app.dialogs.import_head import ImportHead
from app.dialogs.import_reading import Found, ReadOrigin, Verdict
from app.dialogs.import_session import ImportSession
from app.dialogs.import_shown import Shown
from app.dialogs.import_verdict import VerdictLine
from app.dialogs.import_views import ImportViews
from app.origins import TextOrigin
from app.settings import Settings
from app.sources import DataOptions
from app.theme import GRID, current_theme
from slp_core.data.reading_options import ReadingOptions
from slp_core.data.table import Table

SIZE = QSize(1120, 700)
LEAST = QSize(720, 480)
SIDE = 280
"""Width of the choices at 11 pt."""
FRAME = QSize(16, 48)
"""Room for the frame of the window and a gap around it."""
PLACE = "import/geometry"


class ImportDialog(QDialog):
    """A function of an origin and the choices about it; `value` is None unless it is accepted.

    ``found`` is the table read before, or the error that reading raised; without it the dialog
    begins to read. It stays usable while it reads: the newest choice counts.
    """

    taken = Signal(object, object, object)
    """`ReadingOptions`, `DataOptions` and the `Table` read by them, when they are accepted."""

    def __init__(
        self,
        origin: ReadOrigin,
        options: DataOptions | None = None,
        found: Table | Exception | None = None,
        *,
        settings: Settings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Import {origin.name}")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings = settings
        self._value: tuple[ReadingOptions, DataOptions] | None = None
        self.session = ImportSession(origin, options or DataOptions(), self)
        self._build()
        self._connect()
        self._restore_size()
        self.views.preview.setFocus()
        self.session.begin(found)

    def value(self) -> tuple[ReadingOptions, DataOptions] | None:
        """The choices, if they were accepted."""
        return self._value

    def table(self) -> Table | None:
        """The table read by the choices, so that it need not be read again."""
        return self.session.table

    # Assembly.

    def _build(self) -> None:
        self.head, self.choices = ImportHead(), ReadingChoices()
        self.views, self.verdict = ImportViews(self.session.jobs), VerdictLine()
        self.choices.set_value(self.session.reading)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setIcon(QIcon())  # some desktops give it one, and Open has none
        self.open_button = QPushButton("&Open")
        self.open_button.setToolTip("Open the table as it is shown (Enter).")
        self.buttons.addButton(self.open_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self._side = QScrollArea()
        self._side.setWidget(self.choices)
        self._side.setWidgetResizable(True)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.open_button.setDefault(True)
        self.setMinimumSize(LEAST)
        self._fit()

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(2 * GRID)
        middle.addWidget(self._side)
        middle.addWidget(self.views, 1)
        foot = QHBoxLayout()
        foot.setSpacing(2 * GRID)
        foot.addWidget(self.verdict, 1)
        foot.addWidget(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID + 4)
        column.addWidget(self.head)
        column.addLayout(middle, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        session, views = self.session, self.views
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.choices.value_changed.connect(session.read_by)
        self.choices.reset_asked.connect(session.reset)
        self.head.choice_wanted.connect(self._go_to_choice)
        views.kind_chosen.connect(session.choose_kind)
        views.role_chosen.connect(session.choose_role)
        views.veil.cancel_asked.connect(self._stop)
        session.started.connect(self._show_start)
        session.progressed.connect(views.veil.set_share)
        session.found.connect(self._show_found)
        session.judged.connect(self._show_verdict)
        session.shown_changed.connect(self._show_columns)

    # What happens.

    @Slot()
    def _show_start(self) -> None:
        self.views.veil.start(self.session.origin.name)
        self._allow()

    @Slot(object)
    def _show_found(self, found: Found) -> None:
        self.views.veil.end()
        self.choices.set_value(found.reading)
        dialect = found.table.dialect if found.table is not None else None
        self.choices.set_found(dialect, isinstance(self.session.origin, TextOrigin))
        if found.table is not None:
            self.choices.setEnabled(True)
            self.head.show_table(found.table)
        elif found.refusal is not None:
            changeable = found.lines is not None or found.reading != ReadingOptions()
            self.choices.setEnabled(changeable)
            self.head.show_refusal(self.session.origin.name, changeable)
            self.verdict.clear()
            self.views.show_refusal(found.refusal, self.session.content, found.lines)
        self._allow()

    @Slot(object)
    def _show_verdict(self, verdict: Verdict) -> None:
        table = self.session.table
        if table is not None:
            self.verdict.show_verdict(verdict, table, self.session.note)
        self._allow()

    @Slot(object)
    def _show_columns(self, shown: Shown) -> None:
        self.views.show_table(shown, self.session.content)
        self.choices.set_roles_chosen(not shown.roles.usual)
        self._allow()

    @Slot(str)
    def _go_to_choice(self, field: str) -> None:
        """Put the focus on the choice that settles a doubt, and open its list."""
        widget = self.choices.field(field)
        self._side.ensureWidgetVisible(widget)
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(widget, QComboBox):
            widget.showPopup()

    @Slot()
    def _stop(self) -> None:
        if self.session.result is None:
            self.reject()
        else:
            self.session.stop()

    def _allow(self) -> None:
        self.open_button.setEnabled(self.session.is_ready())

    # The dialog itself.

    def accept(self) -> None:
        """Take the choices over, if the table can be opened."""
        if not self.session.is_ready():
            return
        self._value = self.session.reading, self.session.options
        super().accept()
        self.taken.emit(self.session.reading, self.session.options, self.session.table)

    def done(self, result: int) -> None:
        """Remember the size and end what is being worked on."""
        if self._settings is not None:
            self._settings.set_layout(PLACE, self.saveGeometry())
        self.session.shut_down()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops a reading that takes long before it closes the dialog."""
        if event.key() == Qt.Key.Key_Escape and not self.views.veil.isHidden():
            self._stop()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has another size of type."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()

    def _fit(self) -> None:
        self._side.setFixedWidth(round(SIDE * current_theme().font_size / 11.0))
        self.views.fit()

    def _restore_size(self) -> None:
        """The size it had last, or one that suits the screen."""
        place = self._settings.layout(PLACE) if self._settings is not None else None
        if place is None or place.isEmpty() or not self.restoreGeometry(place):
            wanted = SIZE * (current_theme().font_size / 11.0)
            self.resize(wanted.boundedTo(self.screen().availableSize() - FRAME))
