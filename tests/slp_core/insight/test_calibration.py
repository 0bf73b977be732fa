"""The rules on a part of the benchmark's runs: every rule speaks where it must, and only there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import pytest

from slp_core.insight.findings import RULES
from tests.benchmarks.bench_diagnosis import Tally, count
from tests.benchmarks.diagnosis_cases import Case, healthy
from tests.benchmarks.diagnosis_faults import planted


def _small(cases: Iterable[Case]) -> Iterator[Case]:
    """Those that take no time: the benchmark runs them all."""
    return (case for case in cases if case.dataset.X.size < 3000)


def test_no_false_alarm_on_healthy_runs() -> None:
    tally = Tally()
    count(_small(islice(healthy(), 0, None, 8)), "healthy", tally)
    assert tally.runs > 25
    assert tally.errors == []
    assert set(tally.verdicts["healthy"]) <= {"converged", "separable", "improving"}


@pytest.mark.parametrize("shift", [7])
def test_nor_on_points_that_nothing_was_tuned_on(shift: int) -> None:
    tally = Tally()
    count(_small(islice(healthy(shift), 3, None, 16)), "healthy", tally)
    assert len(tally.errors) <= 1


def test_every_planted_fault_is_found() -> None:
    tally, left = Tally(), set(RULES)
    for case in planted():
        wanted = {rule for rules in case.must for rule in rules.split(" or ")}
        if wanted & left:
            count([case], "planted", tally)
            left -= {rule for rule in wanted if tally.rules[rule].hits}
    assert left == set()
    assert tally.errors == []
