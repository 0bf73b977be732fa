"""What the program says of a run, where it is shown, and what a click on it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from PySide6.QtCore import QObject, Slot

from app.counsel import Counsel
from app.lab.view import GradientLab
from app.moment import Moment, Span, Told
from app.panels.findings_view import FindingsView
from app.sources import DataOptions
from app.window.experimenting import Experimenting
from app.window.laboratory import LAB
from slp_core.insight.findings import Finding
from slp_core.insight.gradient.typed_gradient import TypedGradient
from slp_core.insight.verdict import Verdict, judge

if TYPE_CHECKING:
    from app.window.main_window import MainWindow
    from app.window.views import Views

FINDINGS = "findings"


class Advising(QObject):
    """Passes what the counsel tells to status line and views, and fixes to the workspace."""

    def __init__(self, window: MainWindow, views: Views) -> None:
        super().__init__(window)
        self._window, self._space, self._views = window, window.workspace, views
        self.told: Told | None = None
        self._chosen = ""
        """Rule of the finding that somebody has asked to see."""
        self.counsel = Counsel(self._space, self)
        self.experimenting = Experimenting(window, views)
        self.counsel.told.connect(self._hear)
        self._space.opened.connect(self._forget)
        views.built.connect(self._connect)
        window.status.why_asked.connect(self._show_findings)

    def enriched(self, moment: Moment) -> Moment:
        """The moment with the best reachable loss and the findings of its active run."""
        answers = self.counsel.answers
        best = None if answers is None else answers.best.value
        spans = () if self.told is None else _spans(self.told, self._chosen)
        active = replace(moment.active, best_loss=best, spans=spans)
        return replace(moment, runs=(active, *moment.runs[1:]))

    def verdict(self) -> Verdict | None:
        """The verdict on the moment on the screen; None without a run."""
        snapshot, told = self._space.player.snapshot, self.told
        if snapshot is None:
            return None
        if told is not None and told.diagnosis is not None and told.snapshot is snapshot:
            return told.diagnosis.verdict
        answers = self.counsel.answers
        if answers is None:
            return judge(snapshot)
        apart = None if answers.separability is None else answers.separability.separable
        return judge(snapshot, answers.best, answers.stable_rate, apart)

    @Slot(object)
    def _hear(self, told: Told) -> None:
        self.told = told
        self._window.status.show_told(told)
        if FINDINGS in self._views.there():
            self._findings().show_told(told)
        self._redraw()

    def _redraw(self) -> None:
        """A paused run has no frame that would bring what was found to curves and time line."""
        if not self._space.player.playing:
            self._space.player.repeat()

    @Slot(object)
    def _forget(self, _prepared: object) -> None:
        self.told = None
        self._choose("")
        self._window.status.show_told(None)

    @Slot(str)
    def _connect(self, key: str) -> None:
        if key == FINDINGS:
            view = self._findings()
            view.finding_chosen.connect(self._show)
            view.fix_asked.connect(self._fix)
            view.places_asked.connect(self._select)
            view.experiment_asked.connect(self.experimenting.make)
            view.show_told(self.told)

    def _findings(self) -> FindingsView:
        view = self._views.view(FINDINGS)
        assert isinstance(view, FindingsView)  # noqa: S101 - its builder says so
        return view

    @Slot()
    def _show_findings(self) -> None:
        self._views.show_view(FINDINGS)

    @Slot(object)
    def _show(self, finding: Finding) -> None:
        """Select the points that a finding is about, and mark its updates; again: no longer."""
        again = finding.id == self._chosen
        self._choose("" if again else finding.id)
        if finding.rows:
            self._select(() if again else finding.rows)
        self._redraw()

    @Slot(object)
    def _select(self, places: Sequence[int]) -> None:
        """Select training samples by their places."""
        told, current = self.told, self._space.current
        if told is not None and current is not None and told.dataset is current.dataset:
            rows = told.dataset.row_index[np.array(places, np.int64)]
            self._space.selection.set(rows)

    def _choose(self, rule: str) -> None:
        self._chosen = rule
        if FINDINGS in self._views.there():
            self._findings().set_chosen(rule)

    @Slot(object)
    def _fix(self, finding: Finding) -> None:
        """Change what the finding proposes; undo takes it back."""
        fix, current = finding.fix, self._space.current
        if fix is None or current is None:
            return
        if fix.scope == "training":
            changes: dict[str, Any] = dict(fix.changes)
            if finding.start is not None:
                changes["start"] = finding.start
            self._space.configure(replace(current.wanted, **changes), f"{fix.label}.")
        elif fix.scope == "gradient":
            self._mend(TypedGradient(**cast("dict[str, Any]", dict(fix.changes))))
        elif fix.scope == "data":
            self._space.choose_data(replace(current.choice, **_choice(fix.changes)))
        else:
            self._window.doors.show_reading()

    def _mend(self, typed: TypedGradient) -> None:
        """Show a formula where it is checked and mended."""
        self._views.show_view(LAB)
        lab = self._views.view(LAB)
        assert isinstance(lab, GradientLab)  # noqa: S101 - its builder says so
        lab.take(typed)


def _choice(changes: Mapping[str, object]) -> dict[str, Any]:
    """Arguments of a data set as fields of `DataOptions`."""
    known = {field.name for field in fields(DataOptions)}
    chosen: dict[str, Any] = {}
    for name, value in changes.items():
        if name in known:
            chosen[name] = tuple(cast("list[object]", value)) if isinstance(value, list) else value
    return chosen


_SEVERITY = {"fault": "fault", "caution": "warning", "note": "note"}


def _spans(told: Told, chosen: str) -> tuple[Span, ...]:
    return tuple(
        Span(*finding.span, finding.title, _SEVERITY[finding.level], finding.id == chosen)  # pyright: ignore[reportArgumentType] - one of three
        for finding in told.findings
        if finding.span is not None
    )
