"""What the pages of the weights view show of a run: its numbers in one unit, and their names."""

from __future__ import annotations

from dataclasses import dataclass

from app.moment import RunMoment
from app.numbers import number_text
from app.plots.user_text import inline
from slp_core.insight.weight_sheet import Units, in_units, output_names
from slp_core.network import coding
from slp_core.network.parameters import Parameters


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """The weights of a run at one moment, in the units asked for."""

    run: RunMoment
    units: Units
    parameters: Parameters
    terms: tuple[str, ...]
    outputs: tuple[str, ...]

    def name_of(self, term: int, output: int) -> str:
        """``w petal length → setosa``; a term beyond the last is the bias."""
        word = f"w {inline(self.terms[term])}" if term < len(self.terms) else "b"
        return word if len(self.outputs) == 1 else f"{word} → {inline(self.outputs[output])}"

    def value_of(self, term: int, output: int) -> float:
        """One number, the bias after the last term."""
        W, b = self.parameters.W, self.parameters.b
        return float(W[term, output] if term < len(W) else b[output])

    def sentence(self, term: int, output: int) -> str:
        """The number in both units, for a tooltip."""
        scaled, dataset = self.run.snapshot.parameters, self.run.dataset
        both = [(scaled, " scaled")]
        if dataset.preparation.is_linear:
            both.append((in_units(dataset.preparation, scaled, "original"), " in original units"))
        numbers = (
            number_text(float(p.W[term, output] if term < len(p.W) else p.b[output])) + words
            for p, words in both
        )
        return f"{self.name_of(term, output)}: {', '.join(numbers)}"


def shown(run: RunMoment | None, units: Units) -> Shown | None:
    """The weights of a run; None where they do not fit the data (the last frame of an old run)."""
    if run is None or not fits(run):
        return None
    parameters, dataset = run.snapshot.parameters, run.dataset
    return Shown(
        run,
        units,
        in_units(dataset.preparation, parameters, units),
        dataset.preparation.terms,
        output_names(dataset, parameters.W.shape[1]),
    )


def fits(run: RunMoment) -> bool:
    """Whether the weights are of this many terms and outputs."""
    classes = len(run.dataset.classes)
    outputs = coding.outputs(run.pair, classes) if classes else 1
    return run.snapshot.parameters.W.shape == (run.dataset.terms, outputs)
