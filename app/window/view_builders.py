"""How each view of ``app.view_kinds`` is built, when it is first shown.

Everything is imported where it is used: a view that nobody opens costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from app.window.adapters import (
    ActivationShowing,
    CurvesShowing,
    DecisionShowing,
    PlainShowing,
    Showing,
    TableShowing,
)


def _decision() -> Showing:
    from app.plots.decision import DecisionPlot

    return DecisionShowing(DecisionPlot())


def _table() -> Showing:
    from app.tables.view import TableView

    return TableShowing(TableView())


def _curves(kind: str) -> Showing:
    from app.plots.curves import CurvesPlot

    return CurvesShowing(CurvesPlot(kind))


def _activation() -> Showing:
    from app.plots.activation import ActivationPlot

    return ActivationShowing(ActivationPlot())


def _pair() -> Showing:
    from app.plots.pair_plot import PairPlot

    view = PairPlot()
    return PlainShowing(view, view)


def _sample() -> Showing:
    from app.panels.sample_view import SampleView

    view = SampleView()
    return PlainShowing(view, view)


def _formulas() -> Showing:
    from app.formulas.background import Typesetter
    from app.panels.formula_view import FormulaView

    typesetter = Typesetter()
    view = FormulaView(typesetter.ask)
    typesetter.setParent(view)
    return PlainShowing(view, view)


def _confusion() -> Showing:
    from app.plots.confusion import ConfusionView

    view = ConfusionView()
    return PlainShowing(view, view)


def _weights() -> Showing:
    from app.panels.weights_table import WeightsTable
    from app.plots.weights_view import WeightsView

    view = WeightsView(WeightsTable())
    return PlainShowing(view, view)


def _runs() -> Showing:
    from app.panels.run_table import RunTable

    view = RunTable()
    return PlainShowing(view, view)


def _beside() -> Showing:
    from app.plots.side_by_side import SideBySide

    view = SideBySide()
    return PlainShowing(view, view)


def _experiments() -> Showing:
    from app.lab.experiments_view import ExperimentsView

    view = ExperimentsView()
    return PlainShowing(view, view)


def _findings() -> Showing:
    from app.panels.findings_view import FindingsView

    view = FindingsView()
    return PlainShowing(view, view)


def _roc() -> Showing:
    from app.plots.roc import RocView

    view = RocView()
    return PlainShowing(view, view)


def _probabilities() -> Showing:
    from app.plots.histogram import ProbabilityView

    view = ProbabilityView()
    return PlainShowing(view, view)


def _scores() -> Showing:
    from app.plots.score_view import ScoreView

    view = ScoreView()
    return PlainShowing(view, view)


def _residuals() -> Showing:
    from app.plots.residuals import ResidualView

    view = ResidualView()
    return PlainShowing(view, view)


def _landscape() -> Showing:
    from app.plots.landscape_view import LandscapeView

    view = LandscapeView()
    return PlainShowing(view, view)


def _lab() -> Showing:
    from app.lab.view import GradientLab

    view = GradientLab()
    return PlainShowing(view, view)


BUILDERS: Mapping[str, Callable[[], Showing]] = MappingProxyType(
    {
        "decision": _decision,
        "table": _table,
        "loss": lambda: _curves("loss"),
        "gradient": lambda: _curves("gradient"),
        "step": lambda: _curves("step"),
        "rate": lambda: _curves("rate"),
        "accuracy": lambda: _curves("accuracy"),
        "activation": _activation,
        "pair": _pair,
        "sample": _sample,
        "formulas": _formulas,
        "confusion": _confusion,
        "roc": _roc,
        "probabilities": _probabilities,
        "residuals": _residuals,
        "scores": _scores,
        "weights": _weights,
        "landscape": _landscape,
        "runs": _runs,
        "beside": _beside,
        "lab": _lab,
        "experiments": _experiments,
        "findings": _findings,
    }
)
