"""One mistake of several mended, the others left."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from slp_core.errors import FormulaError
from slp_core.insight.gradient.check import check_gradient
from slp_core.insight.gradient.single_fixes import single_fixes
from slp_core.insight.gradient.starts import STARTS, Start
from slp_core.network.pairs import pair


def _fixes(start: Start) -> Mapping[str, str]:
    judged = pair(start.activation, start.loss)
    return single_fixes(start.source, start.mistakes, judged, start.convention, bias=start.bias)


@pytest.mark.parametrize("key", ["q1_printed", "q1_as_asked"])
def test_every_mistake_of_the_asker_is_mended_alone(key: str) -> None:
    start = STARTS[key]
    found = _fixes(start)
    assert set(found) == set(start.mistakes)
    for mistake, source in found.items():
        report = check_gradient(
            source,
            activation=start.activation,
            loss=start.loss,
            convention=start.convention,
            bias=start.bias,
        )
        assert set(report.ids) == set(start.mistakes) - {mistake}


def test_mending_them_in_either_order_ends_right() -> None:
    start = STARTS["q1_printed"]
    for first in start.mistakes:
        source = _fixes(start)[first]
        report = check_gradient(
            source, activation="sigmoid", loss="cross_entropy", convention="columns", bias=False
        )
        assert report.fix is not None
        mended = check_gradient(
            report.fix.source,
            activation="sigmoid",
            loss="cross_entropy",
            convention="columns",
            bias=False,
        )
        assert mended.verdict == "right"


def test_it_stops_when_nobody_waits() -> None:
    start = STARTS["q1_printed"]
    with pytest.raises(FormulaError) as caught:
        single_fixes(
            start.source,
            start.mistakes,
            pair("sigmoid", "cross_entropy"),
            "columns",
            cancelled=lambda: True,
        )
    assert caught.value.code == "formula.cancelled"
