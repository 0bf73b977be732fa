"""The three demonstrations, step by step through the real window, with what they measure."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.lab.view import GradientLab
from app.moment import RunMoment
from app.panels.sample_view import SampleView
from app.plots.weights_view import WeightsView
from tests.end_to_end.pupil import Pupil


def test_a_derivative_is_checked_named_trained_and_mended(pupil: Pupil, qtbot: QtBot) -> None:
    pupil.begin("question.derivatives")
    lab = pupil.views.view("lab")
    assert isinstance(lab, GradientLab)
    qtbot.waitUntil(lambda: any(row.note for row in lab.ledger.value()))
    assert "X.T on the right would meet it" in " ".join(
        f"{row.note} {row.hint}" for row in lab.ledger.value()
    )

    pupil.page_down()
    found = pupil.checked().report
    assert found.verdict == "wrong"
    assert set(found.ids) == {"summed_too_early", "second_term_extra_one"}

    pupil.page_down()
    pupil.play()
    right, asked = pupil.runs
    assert (right.name, asked.name) == ("Right", "As asked")
    assert right.snapshot.loss == pytest.approx(0.2263, abs=5e-4)
    assert asked.snapshot.loss == pytest.approx(17.33, abs=0.05)
    assert asked.snapshot.stop is not None
    assert (asked.snapshot.stop.kind, asked.snapshot.update) == ("not_finite", 7)

    pupil.page_down()
    assert pupil.checked().report.ids == ("second_term_extra_one",)
    pupil.play()
    assert pupil.losses() == pytest.approx([0.2263, 4.269], abs=5e-3)
    assert pupil.accuracies()[1] == pytest.approx(0.095, abs=0.006)

    pupil.page_down()
    assert pupil.checked().report.verdict == "right"
    pupil.play()
    assert pupil.losses()[0] == pytest.approx(pupil.losses()[1], rel=1e-9)
    assert pupil.accuracies() == [pytest.approx(0.895)] * 2


def test_a_pair_that_saturates_stands_still(pupil: Pupil) -> None:
    pupil.begin("question.pairs")
    assert pupil.losses() == pytest.approx([0.4369, 11.458], abs=1e-3)
    assert pupil.accuracies() == [pytest.approx(0.115)] * 2
    pupil.play()
    played = pupil.losses()

    pupil.page_down()
    assert pupil.losses() == played
    assert played == pytest.approx([0.4359, 0.2262], abs=5e-4)
    assert pupil.accuracies() == pytest.approx([0.11, 0.895], abs=0.006)

    pupil.page_down()
    assert pupil.views.arrangement()["main"] == "pair"
    assert len(pupil.runs) == 1

    for start, end in ((11.458, 0.2262), (107.818, 0.1822)):
        pupil.page_down()
        assert pupil.losses() == pytest.approx([start], abs=1e-3)
        pupil.play()
        assert pupil.losses() == pytest.approx([end], abs=5e-4)
        assert pupil.accuracies() == [pytest.approx(0.895)]

    pupil.page_down()
    assert pupil.losses() == pytest.approx([played[1]], rel=1e-12)

    pupil.page_down()
    assert "0.5 times the slope of the C you typed" in " ".join(pupil.checked().report.remarks)
    pupil.page_down()
    said = " ".join(pupil.checked().report.remarks)
    assert "not the slope of the C you typed" in said
    assert "(1 - y) term missing" in said

    pupil.page_down()
    assert pupil.checked().report.ids == ("second_term_missing",)
    pupil.play()
    assert pupil.losses() == pytest.approx([0.2262, 1.163], abs=5e-3)
    assert pupil.accuracies() == pytest.approx([0.895, 0.52], abs=0.006)

    pupil.page_down()
    assert outputs(pupil) == pytest.approx([0.982, 0.982], abs=1e-3)
    pupil.play()
    assert outputs(pupil) == pytest.approx([0.203, 0.012], abs=1e-3)


def outputs(pupil: Pupil) -> list[float]:
    """What the single neuron says to 1."""
    weights = [run.snapshot.parameters.W[0, 0] for run in pupil.runs]
    return [float(1.0 / (1.0 + np.exp(-w))) for w in weights]


def test_two_roads_to_ninety_percent_error(pupil: Pupil) -> None:
    pupil.begin("question.ninety")
    derived, right = pupil.runs
    assert (derived.name, right.name) == ("As derived", "Right")
    assert pupil.accuracies() == pytest.approx([1 - 0.899, 1 - 0.044], abs=1e-3)
    assert pupil.losses() == pytest.approx([13_131.8, 0.1391], rel=0.01)
    assert decided(derived) == {4}

    pupil.page_down()
    found = pupil.checked().report
    assert found.ids == ("sign_flipped",)
    assert found.cosine == pytest.approx(-1.0)

    pupil.page_down()
    assert pupil.checked().report.verdict == "right"
    assert pupil.runs[0].name == "Right"
    assert pupil.losses() == pytest.approx([0.1391, 13_131.8], rel=0.01)

    pupil.page_down()
    overflows, right = pupil.runs
    stop = overflows.snapshot.stop
    assert stop is not None
    assert (stop.kind, overflows.snapshot.update) == ("not_finite", 2)
    assert stop.not_finite is not None
    assert stop.not_finite.quantity == "gradient"
    assert right.snapshot.accuracy == pytest.approx(1 - 0.085, abs=1e-3)
    zeros = np.count_nonzero(right.dataset.labels == right.dataset.classes.index("0"))
    assert 1 - zeros / right.dataset.samples == pytest.approx(0.901, abs=5e-4)

    pupil.page_down()
    assert pupil.accuracies() == pytest.approx([1 - 0.044], abs=1e-3)
    weights = pupil.views.view("weights")
    assert isinstance(weights, WeightsView)
    assert weights.page == "images"

    pupil.page_down()
    sample = pupil.views.view("sample")
    assert isinstance(sample, SampleView)
    assert sample.followed is not None
    assert sample.followed.loss == pytest.approx(7.076, abs=0.01)
    np.testing.assert_array_equal(pupil.space.selection.rows, [sample.followed.row])
    assert not pupil.views.panes["first"].isVisible()
    assert not pupil.teaching.strip.next.isEnabled()


def decided(run: RunMoment) -> set[int]:
    """The classes that the run says at all."""
    p = run.snapshot.parameters
    return set((run.dataset.X @ p.W + p.b).argmax(axis=1).tolist())
