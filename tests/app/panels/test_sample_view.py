from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from app.formulas.letters import latex, rich
from app.moment import Moment, RunMoment
from app.panels.sample_data import Follower
from app.panels.sample_matrix import cells_of
from app.panels.sample_sum import GradientSum
from app.panels.sample_view import SampleView
from app.panels.sample_words import signal_text
from slp_core.arrays import Ints
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.problem import pose
from slp_core.training.trainer import Trainer
from tests.app.panels.sample_examples import DEFINED, SIGMOID, SOFTMAX, gradient_of, run_of, table

ARITHMETIC = [
    each
    for each in DEFINED
    if each.activation not in ("softmax", "step")
    and not any(word in each.error_signal for word in ("for", "φ", "σ", "|", "["))
]
"""Pairs whose error signal is written in arithmetic that Python knows."""


def opened(qtbot: QtBot, run: RunMoment) -> SampleView:
    view = SampleView()
    qtbot.addWidget(view)
    qtbot.addWidget(view.header_widget)
    view.resize(900, 600)
    with qtbot.waitExposed(view):
        view.show()
    view.show_moment(Moment((run,), False))
    return view


def told(spy: QSignalSpy) -> list[list[int]]:
    given: list[Ints] = [spy.at(n)[0] for n in range(spy.count())]
    return [rows.tolist() for rows in given]


@pytest.mark.parametrize("balance", ["none", "balanced"])
@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("chosen", DEFINED, ids=lambda each: f"{each.activation}-{each.loss}")
def test_what_all_samples_add_is_the_gradient(chosen: Pair, classes: int, balance: str) -> None:
    run = run_of(classes, chosen, class_weights=balance)
    follower = Follower()
    total, bias = np.zeros_like(run.snapshot.parameters.W), 0.0
    for sample in range(run.dataset.samples):
        found = follower.follow(run, sample)
        total = total + found.contribution
        bias = bias + found.bias_contribution
    expected = gradient_of(run)
    assert total == pytest.approx(expected.W, abs=1e-12)
    assert bias == pytest.approx(expected.b, abs=1e-12)


@pytest.mark.parametrize("chosen", [SIGMOID, SOFTMAX, pair("tanh", "hinge")])
def test_every_number_is_the_objectives(chosen: Pair) -> None:
    run = run_of(2, chosen)
    problem = pose(run.dataset, run.config)
    part, objective = problem.training, problem.objective
    V = objective.scores(run.snapshot.parameters, part.X)
    found = Follower().follow(run, 7)
    assert pytest.approx(V[7]) == found.V
    assert pytest.approx(objective.outputs(V)[7]) == found.Z
    assert pytest.approx(objective.error_signal(V, part.Y)[7]) == found.E
    assert found.loss == pytest.approx(objective.sample_losses(V, part.Y)[7])
    assert found.x @ found.W + found.b == pytest.approx(found.V)
    row = run.table.column("f1").values
    assert found.given[1] == pytest.approx(row[found.row])


@pytest.mark.parametrize("chosen", ARITHMETIC, ids=lambda each: f"{each.activation}-{each.loss}")
def test_numbers_in_the_formula_come_to_the_error_signal(chosen: Pair) -> None:
    """The written formula is a recipe: whoever follows it gets the number behind it."""
    found = Follower().follow(run_of(2, chosen), 3)
    text = signal_text(chosen, found, 0)
    recipe, result = text.replace("<b>", "").replace("</b>", "").rsplit(" = ", 1)
    for old, new in (("−", "-"), ("·", "*"), ("<sup>2</sup>", "**2")):
        recipe, result = recipe.replace(old, new), result.replace(old, new)
    names = {"max": max, "min": min, "sign": np.sign}
    value = eval(recipe, {"__builtins__": {}}, names)  # noqa: S307 - our own formulas
    assert value == pytest.approx(float(result), rel=5e-3, abs=2e-3)


def test_letters_of_words_stay() -> None:
    numbers = {"v": -0.5, "a": 0.25, "y": 1.0}
    assert rich("−2·y·max(0, 1 − y·a)", numbers) == "−2·1·max(0, 1 − 1·0.25)"
    assert rich("1 / (1 + e⁻ᵛ)", numbers) == "1 / (1 + e<sup>0.5</sup>)"
    assert rich("tanh v", numbers) == "tanh (−0.5)"
    assert rich("a < y") == "a &lt; y"
    assert latex(r"\frac{1}{1 + e^{-v}}", numbers) == r"\frac{1}{1 + e^{0.5}}"
    assert latex(r"\max(0, 1 - y\,a)", numbers) == r"\max(0, 1 - 1 \cdot 0.25)"
    assert latex(r"\tanh v", numbers) == r"\tanh (-0.5)"


def test_the_worst_row_is_followed_until_another_is_selected(qtbot: QtBot) -> None:
    run = run_of(2, SIGMOID)
    view = opened(qtbot, run)
    assert view.followed is not None
    losses = [Follower().follow(run, n).loss for n in range(run.dataset.samples)]
    assert view.followed.sample == int(np.argmax(losses))
    view.set_selection(np.array([11, 3]))
    assert view.followed.row == 11
    assert view.header_widget.row.value() == 12
    assert view.headline.text().startswith("Row 12")
    view.set_selection(np.array([], np.int64))
    assert view.followed.row == 11


def test_arrows_walk_and_tell(qtbot: QtBot) -> None:
    view = opened(qtbot, run_of(2, SIGMOID))
    view.set_selection(np.array([38]))
    spy = QSignalSpy(view.selection_changed)
    for button in (view.header_widget.on, view.header_widget.on, view.header_widget.back):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told(spy) == [[39], [0], [39]]
    view.header_widget.row.setValue(5)
    assert told(spy)[-1] == [4]
    QTest.mouseClick(view.header_widget.worst, Qt.MouseButton.LeftButton)
    assert view.followed is not None
    assert told(spy)[-1] == [view.followed.row]


def test_validation_rows_and_rows_left_out_are_said(qtbot: QtBot) -> None:
    read = table(2)
    values = read.column("f0").values.copy()
    values[5] = np.nan
    columns = {name: read.column(name).values for name in read.names} | {"f0": values}
    broken = Table.from_columns("t", columns)  # pyright: ignore[reportArgumentType]
    run = run_of(2, SIGMOID, given=broken)
    view = opened(qtbot, run)
    held_out = int(run.dataset.row_index[-1])
    view.set_selection(np.array([held_out]))
    assert view.followed is not None
    assert not view.followed.training
    assert "validation" in view.headline.text()
    assert [matrix.marked for matrix in view.matrices.value()[0].matrices] == [-1, -1]
    view.set_selection(np.array([5]))
    assert view.followed is None
    assert "left out" in view.headline.text()
    view.set_selection(np.array([6]))
    assert view.followed is not None


def test_the_row_is_shown_off_in_the_matrices(qtbot: QtBot) -> None:
    run = run_of(3, SOFTMAX, features=12)
    view = opened(qtbot, run)
    found = view.followed
    assert found is not None
    (X, dV), (result, share, rest) = (line.matrices for line in view.matrices.value())
    assert X.sides[X.marked] == str(found.row + 1)
    assert dV.cells[dV.marked][-1] == "…"
    gradient = gradient_of(run)
    names = list(run.dataset.preparation.terms)
    terms = [names.index(name) for name in result.sides]
    shown = [run.dataset.classes.index(name) for name in result.heads]
    block = np.ix_(terms, shown)
    assert result.cells == cells_of(gradient.W[block])
    assert share.cells == cells_of(found.contribution[block])
    assert rest.cells == cells_of(gradient.W[block] - found.contribution[block])


def test_the_header_gives_way(qtbot: QtBot) -> None:
    header = opened(qtbot, run_of(3, SOFTMAX)).header_widget
    with qtbot.waitExposed(header):
        header.show()
    header.resize(header.sizeHint())
    assert header.output.isVisible()
    header.resize(header.minimumSizeHint())
    shown = [w.isVisible() for w in (header.row, header.on, header.worst, header.output)]
    assert shown == [True, False, False, False]
    header.resize(header.sizeHint())
    assert header.output.isVisible()


def test_a_narrow_pane_leaves_out_what_was_given(qtbot: QtBot) -> None:
    view = opened(qtbot, run_of(2, SIGMOID))
    assert "as given" in view.steps.text()
    view.resize(400, 300)
    assert "as given" not in view.steps.text()
    view.resize(900, 600)
    assert "as given" in view.steps.text()


def test_a_column_is_left_out_before_the_last_one_is_cut(qtbot: QtBot) -> None:
    named = Table.from_columns("t", {"n" * 60: np.arange(8.0), "kind": np.array(list("abababab"))})
    view = opened(qtbot, run_of(2, SIGMOID, given=named))
    view.resize(2000, 600)
    qtbot.waitUntil(lambda: "as given" in view.steps.text())
    view.resize(view.steps.sizeHint().width() + 10, 600)
    qtbot.waitUntil(lambda: "as given" not in view.steps.text())


def test_both_pictures_stand_side_by_side_where_there_is_room(qtbot: QtBot) -> None:
    view = opened(qtbot, run_of(2, SIGMOID))
    view.resize(1200, 500)
    qtbot.waitUntil(lambda: view.matrices.x() > view.steps.geometry().right())
    view.resize(600, 500)
    qtbot.waitUntil(lambda: view.matrices.y() > view.steps.geometry().bottom())


def test_many_terms_are_folded(qtbot: QtBot) -> None:
    view = opened(qtbot, run_of(2, SIGMOID, features=30))
    assert "… and 22 more terms" in view.steps.text()
    view.steps.linkActivated.emit("more")
    assert all(f">f{n}<" in view.steps.text() for n in range(30))
    view.steps.linkActivated.emit("fewer")
    assert "… and 22 more terms" in view.steps.text()


def test_many_samples_are_added_up_bit_by_bit(qtbot: QtBot) -> None:
    run = run_of(2, SIGMOID, given=table(2, features=40, rows=7000), class_weights="balanced")
    summing, problem = GradientSum(), pose(run.dataset, run.config)
    assert summing.ask(problem, run.snapshot.parameters) is None
    with qtbot.waitSignal(summing.done):
        pass
    found = summing.ask(problem, run.snapshot.parameters)
    assert found is not None
    assert pytest.approx(gradient_of(run).W, abs=1e-12) == found.W
    assert found.b == pytest.approx(gradient_of(run).b, abs=1e-12)
    view = opened(qtbot, run)
    view.show_moment(Moment((run,), True))
    assert len(view.matrices.value()[1].matrices) == 0
    view.show_moment(Moment((run,), False))
    qtbot.waitUntil(lambda: len(view.matrices.value()[1].matrices) == 3)


def test_another_output_can_be_followed(qtbot: QtBot) -> None:
    view = opened(qtbot, run_of(3, SOFTMAX))
    assert view.followed is not None
    assert view.output == view.followed.own
    other = (view.followed.own + 1) % 3
    view.header_widget.output.setCurrentIndex(other + 1)
    view.header_widget.output.activated.emit(other + 1)
    assert view.output == other


def test_numbers_that_are_not_finite_are_shown(qtbot: QtBot) -> None:
    run = run_of(2, SIGMOID)
    bad = Parameters(np.full((2, 1), np.nan), np.zeros(1))
    view = opened(qtbot, replace(run, snapshot=replace(run.snapshot, parameters=bad)))
    assert "NaN" in view.steps.text()
    view.show_moment(None)
    assert "no data are open" in view.headline.text()


def test_other_data_bring_their_own_rows(qtbot: QtBot) -> None:
    view = opened(qtbot, run_of(2, SIGMOID))
    view.set_selection(np.array([38]))
    fewer = run_of(2, SIGMOID, given=table(2, rows=20))
    view.show_moment(Moment((fewer,), False))
    assert view.followed is not None
    assert view.followed.row < 20
    assert view.header_widget.row.maximum() == 20


def test_a_numeric_target_is_followed(qtbot: QtBot) -> None:
    x = np.linspace(-1, 1, 20)
    read = Table.from_columns("line", {"x": x, "y": 3 * x + 0.5 * np.cos(9 * x)})
    data = Dataset.from_table(read, "y")
    chosen = pair("identity", "quadratic")
    config = TrainingConfig(activation="identity", loss="quadratic").resolved(data)
    now = Trainer(data, config).snapshot()
    view = opened(qtbot, RunMoment(0, "run", 0, read, read, data, chosen, config, now))
    assert "predicted 0" in view.headline.text()
    assert view.followed is not None
    assert pytest.approx(view.followed.Z - view.followed.Y) == view.followed.E
    before = view.followed
    late = RunMoment(
        0, "run", 0, read, read, data, pair("identity", "hinge"), config, now
    )  # a moment of the run before
    view.show_moment(Moment((late,), False))
    assert view.followed is before


def test_the_table_of_terms_fits_into_a_small_pane(qtbot: QtBot) -> None:
    view = opened(qtbot, run_of(3, SOFTMAX))
    view.resize(300, 185)
    assert "as given" not in view.steps.text()
    text = view.steps.text()
    page = QTextDocument()
    page.setHtml(text[text.index("<table") : text.index("</table>") + 8])
    assert page.idealWidth() <= 300 - 16
