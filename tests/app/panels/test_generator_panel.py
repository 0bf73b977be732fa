from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.origins import SampleOrigin
from app.panels.generator_panel import LARGEST_SEED, NO_CLASSES, GeneratorPanel
from app.panels.generator_rungs import balance_rungs, noise_rungs, point_rungs
from app.panels.ladder_slider import LadderSlider
from slp_core.data.samples import SAMPLES, Sample, sample_table

GENERATED = [row for row in SAMPLES.values() if row.generated]


@pytest.fixture
def panel(qtbot: QtBot) -> GeneratorPanel:
    made = GeneratorPanel()
    qtbot.addWidget(made)
    made.resize(284, 160)
    made.show()
    return made


@pytest.fixture
def slider(qtbot: QtBot) -> LadderSlider:
    made = LadderSlider((1, 2, 5, 10), lambda n: f"{n:g}", "A tip.")
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("sample", GENERATED, ids=[row.key for row in GENERATED])
def test_rungs_rise_and_hold_the_usual_number(sample: Sample) -> None:
    for rungs, usual in (
        (point_rungs(sample), sample.points),
        (noise_rungs(sample), sample.noise),
        (balance_rungs(sample), 0.5 if sample.balance is None else sample.balance),
    ):
        assert usual in rungs
        assert all(a < b for a, b in pairwise(rungs))
    assert noise_rungs(sample)[0] == 0
    assert noise_rungs(sample)[-1] > 2.5 * sample.noise


@pytest.mark.parametrize("sample", GENERATED, ids=[row.key for row in GENERATED])
def test_both_ends_of_every_slider_can_be_drawn(sample: Sample) -> None:
    for end in (0, -1):
        balance = None if sample.balance is None else balance_rungs(sample)[end]
        points = int(point_rungs(sample)[end])
        noise = noise_rungs(sample)[end]
        table = sample_table(sample.key, points=points, noise=noise, balance=balance)
        assert table.rows == points


def test_a_set_as_opened_by_its_name_is_nothing_but_its_key(panel: GeneratorPanel) -> None:
    panel.set_value(SampleOrigin("moons"))
    assert panel.value() == SampleOrigin("moons")
    assert (panel.points.text(), panel.noise.text(), panel.balance.text()) == (
        "200",
        "0.15",
        "50 %",
    )


def test_showing_a_value_says_nothing(qtbot: QtBot, panel: GeneratorPanel) -> None:
    with qtbot.assertNotEmitted(panel.value_changed), qtbot.assertNotEmitted(panel.moved):
        panel.set_value(SampleOrigin("spiral", 123, 0.5, 0.33, 7))
    assert panel.value() == SampleOrigin("spiral", 123, 0.5, 0.33, 7)
    assert panel.points.text() == "123"


def test_arrows_move_to_the_next_rung_and_back_to_the_usual(
    qtbot: QtBot, panel: GeneratorPanel
) -> None:
    panel.set_value(SampleOrigin("two_gaussians"))
    said: list[SampleOrigin] = []
    panel.value_changed.connect(said.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(panel.points.slider, key)
    QTest.keyClick(panel.noise.slider, Qt.Key.Key_Home)
    QTest.keyClick(panel.balance.slider, Qt.Key.Key_End)
    assert said == [
        SampleOrigin("two_gaussians", points=300),
        SampleOrigin("two_gaussians"),
        SampleOrigin("two_gaussians", noise=0.0),
        SampleOrigin("two_gaussians", noise=0.0, balance=0.95),
    ]
    assert isinstance(said[0].points, int)


def test_a_drag_tells_on_the_way_and_settles_at_its_end(
    qtbot: QtBot, panel: GeneratorPanel
) -> None:
    moved: list[SampleOrigin] = []
    settled: list[SampleOrigin] = []
    panel.moved.connect(moved.append)
    panel.value_changed.connect(settled.append)
    slider = panel.noise.slider
    start = QPoint(round(slider.width() / 3), slider.height() // 2)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    for step in range(0, slider.width() // 2, 4):
        QTest.mouseMove(slider, start + QPoint(step, 0))
    assert len(moved) > 3
    assert not settled
    assert panel.value().noise is None
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=start)
    assert settled == [moved[-1]]
    assert panel.value() == moved[-1]


def test_regenerate_takes_the_next_seed(qtbot: QtBot, panel: GeneratorPanel) -> None:
    said: list[SampleOrigin] = []
    panel.value_changed.connect(said.append)
    QTest.mouseClick(panel.regenerate, Qt.MouseButton.LeftButton)
    assert said == [SampleOrigin("two_gaussians", seed=1)]
    assert panel.seed.value() == 1
    panel.set_value(SampleOrigin("xor", seed=LARGEST_SEED))
    panel.regenerate.click()
    assert panel.value() == SampleOrigin("xor", seed=0)


def test_a_typed_seed_counts_on_enter(qtbot: QtBot, panel: GeneratorPanel) -> None:
    panel.seed.selectAll()
    QTest.keyClicks(panel.seed, "42")
    assert panel.value().seed == 0
    with qtbot.waitSignal(panel.value_changed):
        QTest.keyClick(panel.seed, Qt.Key.Key_Return)
    assert panel.value().seed == 42


def test_a_number_to_learn_has_no_balance_and_says_why(panel: GeneratorPanel) -> None:
    panel.set_value(SampleOrigin("noisy_line"))
    assert not panel.balance.isEnabled()
    assert panel.balance.slider.toolTip() == NO_CLASSES
    panel.set_value(SampleOrigin("five_blobs"))
    assert panel.balance.isEnabled()
    assert panel.balance.text() == "20 %"


def test_every_control_explains_itself(panel: GeneratorPanel) -> None:
    sliders = [panel.points.slider, panel.noise.slider, panel.balance.slider]
    for control in (*sliders, panel.seed, panel.regenerate):
        assert control.toolTip().endswith(".")
        assert control.accessibleName()
        assert control.accessibleDescription()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_number_between_two_rungs_is_kept(slider: LadderSlider) -> None:
    for number, place in ((1.4, 0), (1.6, 1), (3.4, 1), (3.6, 2), (0.0, 0), (99.0, 3)):
        slider.set_value(number)
        assert slider.value() == number
        assert slider.slider.value() == place


def test_other_rungs_leave_the_number(qtbot: QtBot, slider: LadderSlider) -> None:
    slider.set_value(5)
    with qtbot.assertNotEmitted(slider.value_changed):
        slider.set_rungs((0, 5))
    assert (slider.value(), slider.slider.value(), slider.text()) == (5, 1, "5")


def test_the_wheel_is_left_to_the_scroll_area(qapp: QApplication, slider: LadderSlider) -> None:
    none, down = QPoint(), QPoint(0, 120)
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        none,
        down,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(slider.slider, event)
    assert slider.slider.value() == 0
    assert not event.isAccepted()
