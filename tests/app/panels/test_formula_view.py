from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.formulas.background import Typesetter
from app.formulas.letters import latex, latex_number
from app.formulas.typeset import Typeset, typeset
from app.moment import Moment, RunMoment
from app.panels.formula_equations import as_text, equations
from app.panels.formula_view import FormulaView
from app.panels.sample_data import Follower
from app.theme import THEMES
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters
from slp_core.training.optimizers import OPTIMIZERS
from tests.app.panels.sample_examples import DEFINED, SIGMOID, SOFTMAX, run_of

ROWS = [
    *(row.latex for row in ACTIVATIONS.values()),
    *(row.latex for row in LOSSES.values()),
    *(row.latex for row in OPTIMIZERS.values()),
    *sorted({each.latex for each in DEFINED}),
]
EACH = list(
    (
        {each.activation: each for each in reversed(DEFINED)}
        | {each.loss: each for each in DEFINED}
    ).values()
)
"""A pair with each activation, and one with each loss."""
NUMBERS = {"v": -0.0000512, "a": -0.25, "y": 1.0}

Then = Callable[[Mapping[str, Typeset]], None]


class AtOnce:
    """Typesets without a thread, and remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def ask(self, formulas: Sequence[str], then: Then) -> None:
        self.asked += formulas
        then({each: typeset(each) for each in formulas})


def ink(drawing: Typeset, color: str = "#ff0000") -> int:
    """Pixels of a drawing that have its colour, more or less."""
    renderer = QSvgRenderer(QByteArray(drawing.colored(color)))
    image = QImage(400, 120, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    scale = min(400 / drawing.width, 120 / drawing.height)
    renderer.render(painter, QRectF(0, 0, drawing.width * scale, drawing.height * scale))
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(120, 400, 4)
    return int(((pixels[..., 2] > 200) & (pixels[..., 1] < 60)).sum())


def opened(qtbot: QtBot, run: RunMoment, setter: AtOnce) -> FormulaView:
    view = FormulaView(setter.ask)
    qtbot.addWidget(view)
    qtbot.addWidget(view.header_widget)
    view.resize(560, 500)
    with qtbot.waitExposed(view):
        view.show()
    view.show_moment(Moment((run,), False))
    return view


@pytest.mark.parametrize("formula", ROWS)
def test_every_row_is_typeset_with_ink(qtbot: QtBot, formula: str) -> None:
    drawing = typeset(formula)
    assert ink(drawing) > 20
    assert drawing.height < 90, "no page of empty space"
    assert ink(drawing, "#0000ff") == 0


@pytest.mark.parametrize("formula", ROWS)
def test_rows_with_numbers_are_typeset_too(qtbot: QtBot, formula: str) -> None:
    assert ink(typeset(latex(formula, NUMBERS))) > 20


def test_factors_stay_apart() -> None:
    numbers = {"v": -0.5, "a": 0.25, "y": 1.0}
    assert latex("-2y \\max(0, 1 - y a)", numbers) == r"-2 \cdot 1 \cdot \max(0, 1 - 1 \cdot 0.25)"
    assert latex(r"\frac{v}{1 + |v|}", numbers) == r"\frac{(-0.5)}{1 + |-0.5|}"
    assert latex(r"\varphi(v)", numbers) == r"\varphi(-0.5)"
    assert latex("1-a^2", {"a": 1e-5}) == r"1-(1.00\cdot 10^{-5})^2"
    assert latex_number(float("nan")) == r"\text{NaN}"
    assert latex_number(float("-inf")) == r"-\infty"


def test_a_sign_stands_nearer_than_a_minus() -> None:
    sign = typeset("(-2.2)").width - typeset("(2.2)").width
    minus = typeset("(a - 2.2)").width - typeset("(a \\, 2.2)").width
    assert 0 < sign < minus


@pytest.mark.parametrize("chosen", EACH, ids=lambda each: f"{each.activation}-{each.loss}")
def test_all_equations_of_all_pairs_are_typeset(chosen: Pair) -> None:
    run = run_of(3 if chosen.activation == "softmax" else 2, chosen, l1=0.01, l2=0.1)
    for row in equations(run, Follower().follow(run, 3)):
        assert typeset(row.letters).width > 10
        assert typeset(row.numbers).width > 10


@pytest.mark.parametrize("bad", [np.nan, np.inf, -1e200])
@pytest.mark.parametrize("chosen", EACH, ids=lambda each: f"{each.activation}-{each.loss}")
def test_numbers_that_have_left_the_finite_ones_are_typeset(chosen: Pair, bad: float) -> None:
    run = run_of(2, chosen)
    W = np.full_like(run.snapshot.parameters.W, bad)
    lost = replace(run.snapshot, parameters=Parameters(W, run.snapshot.parameters.b))
    run = replace(run, snapshot=replace(lost, loss=bad, gradient_norm=bad))
    for row in equations(run, Follower().follow(run, 0)):
        assert typeset(row.numbers).width > 10


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
def test_the_update_has_the_rate_in_force(optimizer: str) -> None:
    run = run_of(2, SIGMOID, optimizer=optimizer, learning_rate=0.125, momentum=0.75)
    update = equations(run, Follower().follow(run, 0))[-1]
    assert "0.125" in update.numbers
    assert r"\eta" not in update.numbers
    assert r"\mu" not in update.numbers


def test_the_numbers_are_those_of_the_row(qtbot: QtBot) -> None:
    run = run_of(2, SIGMOID)
    view = opened(qtbot, run, AtOnce())
    view.set_selection(np.array([9]))
    sample = int(np.flatnonzero(run.dataset.row_index == 9)[0])
    found = Follower().follow(run, sample)
    by_key = {row.key: row for row in view.equations}
    assert by_key["loss"].numbers.endswith(f"= {latex_number(found.loss)}")
    assert by_key["signal"].numbers.endswith(f"= {latex_number(float(found.E[0]))}")
    assert by_key["objective"].numbers.endswith(f"= {latex_number(run.snapshot.loss)}")
    assert "row 10" in view.headline.text()
    assert all(line.is_typeset for line in view.lines)


def test_only_what_is_new_is_typeset(qtbot: QtBot) -> None:
    setter = AtOnce()
    run = run_of(2, SIGMOID)
    view = opened(qtbot, run, setter)
    before = len(setter.asked)
    view.show_moment(Moment((run,), False))
    view.set_theme(THEMES["dark"])
    assert len(setter.asked) == before
    moved = replace(run.snapshot, parameters=Parameters(np.ones((2, 1)), np.zeros(1)))
    view.show_moment(Moment((replace(run, snapshot=moved),), False))
    assert r"v = \sum_j w_j x_j + b" not in setter.asked[before:]


def test_plain_text_until_the_drawings_come(qtbot: QtBot) -> None:
    waiting: list[tuple[Sequence[str], Then]] = []
    view = FormulaView(lambda formulas, then: waiting.append((formulas, then)))
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    view.show_moment(Moment((run_of(3, SOFTMAX),), False))
    assert len(view.lines) == 7
    assert not any(line.is_typeset for line in view.lines)
    assert view.lines[0].grab().toImage().pixelColor(1, 1).isValid()
    formulas, then = waiting[-1]
    then({each: typeset(each) for each in formulas})
    assert all(line.is_typeset for line in view.lines)


def test_equations_of_the_run_stand_beside_those_of_the_sample(qtbot: QtBot) -> None:
    view = opened(qtbot, run_of(2, SIGMOID), AtOnce())
    qtbot.waitUntil(lambda: view.lines[4].y() > view.lines[3].geometry().bottom())
    view.resize(1100, 500)
    qtbot.waitUntil(lambda: view.lines[4].x() > view.lines[3].geometry().right())
    assert view.lines[4].y() == view.lines[0].y()
    view.resize(500, 500)
    qtbot.waitUntil(lambda: view.lines[4].y() > view.lines[3].geometry().bottom())


def test_formulas_are_copied(qtbot: QtBot) -> None:
    view = opened(qtbot, run_of(2, SIGMOID), AtOnce())
    clipboard = QGuiApplication.clipboard()
    line = view.lines[3]
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == r"\frac{\partial L}{\partial v} = a - y"
    row = line.value()
    assert row is not None
    for action, expected in zip(
        line.menu().actions(), (row.letters, row.numbers, row.plain), strict=True
    ):
        action.trigger()
        assert clipboard.text() == expected
    latex_action, text_action = view.header_widget.menu().actions()
    latex_action.trigger()
    assert clipboard.text().count(r"\[") == 14
    text_action.trigger()
    assert clipboard.text() == as_text(view.equations)


def test_a_background_typesetter_answers(qtbot: QtBot) -> None:
    setter = Typesetter()
    answers: list[Mapping[str, Typeset]] = []
    setter.ask(["a - y", "a - y", "v"], answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    assert list(answers[0]) == ["a - y", "v"]
    setter.shut_down()


def test_without_data_it_says_so(qtbot: QtBot) -> None:
    view = opened(qtbot, run_of(2, SIGMOID), AtOnce())
    view.show_moment(None)
    assert "no data are open" in view.headline.text()
    assert view.equations == ()
