"""The gradient lab: type a gradient, see its shapes, have it checked, train with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut

from app.jobs import Jobs
from app.lab.asked import Ground, Options, Outcome
from app.lab.editor import FormulaEditor
from app.lab.frame import RESULT, LabFrame, column_of
from app.lab.header import RIGHT, LabHeader
from app.lab.ledger import LedgerTable
from app.lab.memory import Kept, formula_for, with_formula
from app.lab.note import NoteLine
from app.lab.result import ResultPage
from app.lab.stand import NO_DATA, Stand, stale
from app.lab.work import Shapes, complete, quick, shapes_of, trainable
from app.moment import Moment
from app.problems import problem_from
from app.theme import Theme
from slp_core.arrays import Ints
from slp_core.errors import ConfigError, FormulaError
from slp_core.insight.gradient.starts import STARTS
from slp_core.insight.gradient.typed_gradient import TypedGradient

_CHECK, _SHAPES = "check", "shapes"
_PAUSE = 250
"""Milliseconds without a key after which the shapes are worked out."""
_LAST_TIME = "What you typed for this pair last time; Ctrl+Z brings the right formula back."
_TRAIN = (
    "Train a run whose steps follow your formula beside the model's, from the same start."
    " The loss and the gradient norm it shows stay the true ones."
)


class GradientLab(LabFrame):
    """A view; everything that takes time happens in the background."""

    train_asked = Signal(object)
    """A `TypedGradient` that a run is to step by."""
    kept = Signal(object)
    """The formulas that are to be remembered, a list of `Kept`."""

    def __init__(self) -> None:
        self.editor, self.ledger, self.result = FormulaEditor(), LedgerTable(), ResultPage()
        self.note = NoteLine()
        formula = column_of(self.editor, self.note)
        formula.setFocusProxy(self.editor)
        super().__init__(formula, self.ledger, self.result)
        self.header_widget = LabHeader()
        self._stand, self._written = Stand(), ""
        self._kept: list[Kept] = []
        self._recalled = False
        self._jobs = Jobs(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._connect()
        self.setAccessibleName("Gradient lab")
        self.setAccessibleDescription("Checks a typed gradient and names its mistakes.")
        self.begin_with(RIGHT)

    # As a view.

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self.set_ground(theme.surface)
        for part in (self.editor, self.ledger, self.result, self.header_widget):
            part.set_theme(theme)

    def show_moment(self, moment: Moment | None) -> None:
        """Take data, pair and weights of now; what was checked before is marked if they differ."""
        ground = NO_DATA
        if moment is not None:
            run, shot = moment.active, moment.active.snapshot
            ground = Ground(run.dataset, run.pair, run.config, shot.parameters, shot.update)
        if self._stand.move(ground):
            self._follow()
        self._bring_back()

    def recall(self, kept: Sequence[Kept]) -> None:
        """Take the formulas of former sessions; the one for the pair of now is put in, once."""
        self._kept, self._recalled = list(kept), False
        self._bring_back()

    def set_selection(self, rows: Ints) -> None:
        """Rows of the table that are picked."""
        self._stand.selected = rows

    def shut_down(self) -> None:
        """End what runs in the background."""
        self._later.stop()
        self._keep()
        self._jobs.shut_down()

    # What a person does.

    @Slot()
    def check_now(self) -> None:
        """Check what is typed."""
        asked = self._stand.asked(self.editor.value(), self.header_widget.value())
        self.set_busy(0.1)
        self._jobs.start(_CHECK, quick(asked), self._take_first, self._fail)

    @Slot()
    def cancel_check(self) -> None:
        """Stop the check; what was found before stays."""
        self._jobs.cancel(_CHECK)
        self.set_busy(None)
        self.note.tell("The check was cancelled.")

    @Slot()
    def ask_training(self) -> None:
        """Train with what is typed, if it can be computed for every batch."""
        options, ground = self.header_widget.value(), self._stand.ground
        try:
            self._stand.refuse_search()
            trainable(self.editor.value(), ground, options.convention, ground.config)
        except (FormulaError, ConfigError) as error:
            self._complain(error)
            return
        self.train_asked.emit(TypedGradient(self.editor.value(), options.convention))

    def put(self, source: str) -> None:
        """Put a mended formula into the editor and check it; one step of undo."""
        before = self.editor.value().splitlines()
        self.editor.set_value(source)
        now = source.splitlines()
        changed = [n + 1 for n, line in enumerate(now) if n >= len(before) or line != before[n]]
        self.editor.show_lines(changed)
        self.check_now()

    def take(self, typed: TypedGradient) -> None:
        """Show the formula of a run and check it, against the pair of the model."""
        options = replace(
            self.header_widget.value(), convention=typed.convention, pair=None, bias=None
        )
        self._set_options(options)
        self._follow()
        self.put(typed.source)

    @Slot(str)
    def begin_with(self, key: str) -> None:
        start = STARTS.get(key)
        options = self._stand.options_for(start, self.header_widget.value())
        self._set_options(options)
        self.editor.show_lines(())
        if start is None:
            self._written = self._stand.right(options)
        self.editor.set_value(self._written if start is None else start.source)
        self.note.set_start("" if start is None else start.note)
        self._follow()

    @Slot(object)
    def _options_changed(self, options: Options) -> None:
        self._set_options(options)
        self._follow()

    # Following.

    def _connect(self) -> None:
        header = self.header_widget
        header.start_chosen.connect(self.begin_with)
        header.options_changed.connect(self._options_changed)
        self.editor.textChanged.connect(self._typed)
        self.editor.cursorPositionChanged.connect(self._tell_error)
        self.editor.check_asked.connect(self.check_now)
        self.editor.left.connect(self.check.setFocus)
        self.ledger.place_chosen.connect(self.editor.go_to)
        self.result.source_asked.connect(self.put)
        self.note.place_chosen.connect(self.editor.go_to)
        self.check.clicked.connect(self.check_now)
        self.cancel.clicked.connect(self.cancel_check)
        self.train.clicked.connect(self.ask_training)
        self._later.timeout.connect(self._ask_shapes)
        everywhere = QShortcut(QKeySequence("Ctrl+Return"), self, self.check_now)
        everywhere.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @Slot()
    def _typed(self) -> None:
        self.note.set_start("")
        self._later.start()
        self._mark_stale()

    def _follow(self) -> None:
        """Data, pair or options are others."""
        options = self.header_widget.value()
        if self.editor.value() == self._written:
            self._written = self._stand.right(options)
            self.editor.set_value(self._written)
        self._set_options(options)
        why = self._stand.why_no_training(options)
        self.train.setEnabled(not why)
        self.train.setToolTip(why or _TRAIN)
        self._later.start()
        self._mark_stale()

    def _set_options(self, options: Options) -> None:
        ground = self._stand.ground
        self.header_widget.set_value(options, ground.pair, ground.config.bias)

    def _bring_back(self) -> None:
        """What was typed for this pair last time, in place of the right formula."""
        ground = self._stand.ground
        if self._recalled or ground.dataset is None:
            return
        self._recalled = True
        found = formula_for(self._kept, ground.pair)
        if found is not None and self.editor.value() == self._written:
            self._set_options(found.options)
            self.editor.set_value(found.source)
            self.note.set_start(_LAST_TIME)

    def _keep(self) -> None:
        """Remember what a person has typed: not what the program has put in."""
        ground, text = self._stand.ground, self.editor.value()
        ready = {self._written, *(start.source for start in STARTS.values())}
        if ground.dataset is not None and text not in ready:
            kept = with_formula(self._kept, ground.pair, text, self.header_widget.value())
            if kept != self._kept:
                self._kept = kept
                self.kept.emit(kept)

    # Answers.

    @Slot()
    def _ask_shapes(self) -> None:
        self._keep()
        source, options = self.editor.value(), self.header_widget.value()
        ground, convention = self._stand.checked(options), options.convention
        self._jobs.start(
            _SHAPES,
            lambda _: shapes_of(source, ground, convention),
            self._take_shapes,
            self._fail,
        )

    def _take_shapes(self, shapes: Shapes) -> None:
        if shapes.source != self.editor.value():
            return
        self.ledger.set_value(shapes.rows)
        self.editor.set_errors(shapes.errors)
        self.editor.completion.set_names(shapes.names)
        self._tell_error()

    @Slot()
    def _tell_error(self) -> None:
        self.note.set_error(self.editor.error_at_cursor())

    def _take_first(self, outcome: Outcome) -> None:
        self._show(outcome)
        self.show_page(RESULT)
        if outcome.report.verdict == "refused":
            self.set_busy(None)
            if outcome.report.error is not None:
                self.editor.set_errors((outcome.report.error,))
                self._tell_error()
            return
        self.set_busy(0.4)
        self._jobs.start(_CHECK, complete(outcome), self._take_whole, self._fail, self.set_busy)

    def _take_whole(self, outcome: Outcome) -> None:
        self.set_busy(None)
        self._show(outcome)

    def _show(self, outcome: Outcome) -> None:
        self.result.set_value(outcome)
        self._mark_stale()

    def _fail(self, error: Exception) -> None:
        self.set_busy(None)
        if isinstance(error, FormulaError) and error.code == "formula.cancelled":
            return
        self._complain(error)

    def _complain(self, error: Exception) -> None:
        problem = problem_from(error)
        self.note.tell(f"{problem.text[:1].upper()}{problem.text[1:]} {problem.hint}".strip())
        self.show_page(0)

    def _mark_stale(self) -> None:
        outcome, options = self.result.outcome, self.header_widget.value()
        if outcome is not None:
            ground = self._stand.checked(options)
            self.result.set_stale(stale(outcome.asked, self.editor.value(), ground, options))

    # Room.

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.editor.completion.close()
