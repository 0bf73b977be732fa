"""How often the rules are right: precision and recall of every check and monitor.

Run by hand: ``python -m tests.benchmarks.bench_diagnosis [--wrong] [--shift N]``. Over four
hundred runs: the shipped sets with many pairs, optimizers, rates and seeds, and runs with a fault
planted on purpose. ``--wrong`` lists every miss and every false alarm; ``--shift`` draws other
points and orders, which no threshold was tuned on. A test holds the totals on a part of the runs.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from slp_core.errors import ConfigError
from slp_core.insight.checks import check_before
from slp_core.insight.diagnosis import diagnose
from slp_core.insight.findings import RULES
from slp_core.network.parameters import Parameters
from slp_core.training.trainer import Trainer
from tests.benchmarks.diagnosis_cases import Case, Wrong, healthy
from tests.benchmarks.diagnosis_faults import planted


@dataclass
class Count:
    """Hits, misses and false alarms of one rule."""

    hits: int = 0
    misses: int = 0
    false: int = 0


@dataclass
class Tally:
    """What all cases came to."""

    rules: dict[str, Count] = field(default_factory=lambda: {key: Count() for key in RULES})
    verdicts: dict[str, Counter[str]] = field(default_factory=dict[str, Counter[str]])
    errors: list[str] = field(default_factory=list[str])
    runs: int = 0


def found_in(case: Case) -> tuple[set[str], str]:
    """Ids of the findings of a run, and the kind of its verdict; the latter is empty if refused."""
    try:
        trainer = Trainer(case.dataset, case.config)
    except ConfigError:
        return {row.id for row in check_before(case.dataset, case.table, case.config)}, ""
    if case.wrong is not None:
        spoil(trainer, case.wrong)
    while trainer.stop is None:
        trainer.advance()
    seen = diagnose(case.dataset, trainer.snapshot(), case.table)
    return {row.id for row in seen.findings}, seen.verdict.kind


def spoil(trainer: Trainer, wrong: Wrong) -> None:
    """Follow a gradient that is not that of the loss, as a typed one may be."""
    problem = trainer._updates.problem  # pyright: ignore[reportPrivateUsage]
    right = problem.objective.value_and_gradient_into

    def spoilt(parameters: Parameters, *arguments: object) -> float:
        value = right(parameters, *arguments)  # pyright: ignore[reportArgumentType] - passed on as they came
        slopes = arguments[3]
        assert isinstance(slopes, Parameters)
        wrong(slopes)
        return value

    problem.objective.value_and_gradient_into = spoilt  # pyright: ignore[reportAttributeAccessIssue] - of this instance alone


def count(cases: Iterable[Case], kind: str, tally: Tally) -> None:
    """Run all cases and add them up."""
    for case in cases:
        found, verdict = found_in(case)
        tally.runs += 1
        tally.verdicts.setdefault(kind, Counter())[verdict or "refused"] += 1
        for wanted in case.must:
            either = set(wanted.split(" or "))
            for rule in either & found:
                tally.rules[rule].hits += 1
            if not either & found:
                tally.rules[min(either, key=_number)].misses += 1
                tally.errors.append(f"missed {wanted}: {case.name} -> {sorted(found)} {verdict}")
        known = {rule for wanted in case.must for rule in wanted.split(" or ")}
        for rule in found - known - case.may:
            tally.rules[rule].false += 1
            tally.errors.append(f"false {rule}: {case.name} ({verdict})")


def _number(rule: str) -> int:
    return int(rule[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="list misses and false alarms")
    parser.add_argument("--shift", type=int, default=0, help="draw other points, other orders")
    asked = parser.parse_args()
    listed = asked.wrong
    tally, begin = Tally(), time.monotonic()
    count(healthy(asked.shift), "healthy", tally)
    quiet = sum(row.false for row in tally.rules.values())
    print(f"{tally.runs} healthy runs, {quiet} false alarms")
    count(planted(asked.shift), "planted", tally)
    print(f"{tally.runs} runs in all, {time.monotonic() - begin:.0f} s\n")
    print("| rule | | planted | found | false alarms | precision | recall |")
    print("|---|---|---|---|---|---|---|")
    for key, row in tally.rules.items():
        spoken, wanted = row.hits + row.false, row.hits + row.misses
        precision = f"{row.hits / spoken:.2f}" if spoken else "-"
        recall = f"{row.hits / wanted:.2f}" if wanted else "-"
        title = RULES[key].title
        print(f"| {key} | {title} | {wanted} | {row.hits} | {row.false} | {precision} | {recall} |")
    for kind, verdicts in tally.verdicts.items():
        print(f"\n{kind}: " + ", ".join(f"{key} {n}" for key, n in verdicts.most_common()))
    if listed:
        print("\n" + "\n".join(tally.errors))


if __name__ == "__main__":
    main()
