"""The data card: everything that is known about how a table became a data set, in plain lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from slp_core.arrays import Ints
from slp_core.data.dataset import Dataset
from slp_core.data.features import Feature, counted, gaps_in
from slp_core.data.missing import MISSING, fill_text
from slp_core.data.scaling import SCALINGS
from slp_core.data.selection import MOST_CATEGORIES
from slp_core.data.table import Table

Line = tuple[str, str]
MOST_LISTED = 100
"""Features, terms or classes beyond this many are only counted."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines below it: what it is, and its value."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DataCard:
    """What a data set is made of, to be read or copied."""

    title: str
    sections: tuple[Section, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, without the headings."""
        return tuple(line for section in self.sections for line in section.lines)

    def as_text(self) -> str:
        """The card as plain text, values below each other."""
        wide = max((len(label) for label, _ in self.lines), default=0)
        text = [self.title, "=" * len(self.title)]
        for section in self.sections:
            text += ["", section.title]
            text += [f"  {label:<{wide}}  {value}".rstrip() for label, value in section.lines]
        return "\n".join(text) + "\n"


def data_card(dataset: Dataset, table: Table) -> DataCard:
    """The card of a data set and the table it was made of."""
    sections = (
        Section("Rows", tuple(_rows(dataset, table))),
        Section("Target", tuple(_target(dataset))),
        Section("Missing cells", tuple(_missing(dataset, table))),
        Section("Inputs", tuple(_inputs(dataset))),
        Section("Features", tuple(_features(dataset))),
        Section("Columns", tuple(_columns(dataset))),
    )
    return DataCard(f"Data card: {dataset.name}", tuple(s for s in sections if s.lines))


def _rows(dataset: Dataset, table: Table) -> Iterator[Line]:
    used, held = dataset.row_index.size, dataset.row_index.size - dataset.samples
    yield "in the table", f"{table.rows:,}"
    yield "used (n)", f"{used:,}"
    yield "for training", f"{dataset.samples:,}"
    split = f"{100 * dataset.validation:g} % wanted, split seed {dataset.seed}"
    if dataset.classes:
        split += ", the same share of each class" if dataset.stratify else ", not by class"
    yield "for validation", f"{held:,} ({split})" if dataset.validation else "0"
    if dataset.left_out:
        yield "left out", f"{dataset.left_out:,}"
        yield from _reasons(dataset, table)


def _reasons(dataset: Dataset, table: Table) -> Iterator[Line]:
    """How many of the rows left out miss a cell in each column; a row may miss several."""
    out = np.ones(table.rows, dtype=np.bool_)
    out[dataset.row_index] = False
    explained = np.zeros(table.rows, dtype=np.bool_)
    filled = dataset.preparation.features[0].fill is not None
    columns = [] if filled else list(dataset.preparation.columns)
    for name in [*columns, dataset.target]:
        gaps = gaps_in(table.column(name))
        if gaps is not None:
            explained |= gaps
            yield f"   {name}", f"missing in {counted(int((gaps & out).sum()), 'row')}"
    unknown = int((out & ~explained).sum())
    if unknown:
        yield "   other", f"{counted(unknown, 'row')} with a text not known before"


def _target(dataset: Dataset) -> Iterator[Line]:
    yield "column", dataset.target
    if not dataset.classes:
        values = dataset.all_values
        yield "kind", "a number (regression)"
        yield "from – to", f"{_number(values.min())} – {_number(values.max())}"
        return
    yield "kind", counted(len(dataset.classes), "class").replace("classs", "classes")
    trained = _counts(dataset.labels, dataset)
    held = _counts(dataset.labels_validation, dataset)
    for k, name in enumerate(dataset.classes[:MOST_LISTED]):
        count = f"{trained[k]:,} for training"
        if dataset.samples < dataset.row_index.size:
            count += f", {held[k]:,} for validation"
        written = dataset.written[k]
        yield f"   {name}", count + (f" (in the table: {written})" if written != name else "")
    yield from _more(len(dataset.classes), "classes")


def _counts(labels: Ints, dataset: Dataset) -> list[int]:
    return np.bincount(labels, minlength=len(dataset.classes)).tolist()


def _missing(dataset: Dataset, table: Table) -> Iterator[Line]:
    yield "what is done", MISSING[dataset.missing].label
    if not dataset.filled:
        return
    yield "filled", counted(dataset.filled, "cell")
    for name in dataset.preparation.columns:
        gaps = gaps_in(table.column(name))
        count = 0 if gaps is None else int(gaps[dataset.row_index].sum())
        if count:
            mine = [row for row in dataset.preparation.features if row.column == name]
            yield f"   {name}", f"{counted(count, 'cell')}: {fill_text(mine, dataset.missing)}"


def _inputs(dataset: Dataset) -> Iterator[Line]:
    preparation = dataset.preparation
    scaling = SCALINGS[preparation.scaling]
    yield "columns", f"{len(preparation.columns):,}"
    yield "features (d)", f"{dataset.features:,}"
    yield "terms", f"{dataset.terms:,}"
    yield (
        "scaling",
        scaling.label + (f": {scaling.formula}" if preparation.scaling != "none" else ""),
    )
    yield "degree", str(preparation.degree) + (" (linear)" if preparation.degree == 1 else "")
    if preparation.sine:
        yield "sine terms", f"{len(preparation.waves):,}, of the scaled numbers"
    if not preparation.is_linear:
        added = preparation.terms[dataset.features :]
        yield "added terms", _joined(added)
    yield "precision", str(dataset.dtype)


def _features(dataset: Dataset) -> Iterator[Line]:
    for feature in dataset.preparation.features[:MOST_LISTED]:
        yield feature.name, _feature(feature, dataset.scaling)
    yield from _more(dataset.features, "features")


def _feature(feature: Feature, scaling: str) -> str:
    parts: list[str] = []
    if scaling == "none":
        parts.append("as it is")
    else:
        parts.append(f"center {_number(feature.center)}, scale {_number(feature.scale)}")
    if feature.fill is not None:
        parts.append(f"missing: {_number(feature.fill)}")
    return ", ".join(parts)


def _columns(dataset: Dataset) -> Iterator[Line]:
    """What was said about whole columns: left out, recoded, odd."""
    if any(row.category is not None for row in dataset.preparation.features):
        limit = f"one feature (0 or 1) for each text, up to {MOST_CATEGORIES} of a column"
        yield "texts", limit
    for note in dataset.column_notes:
        name, colon, rest = note.partition(": ")
        yield (name, rest) if colon else ("", note)


def _more(count: int, what: str) -> Iterator[Line]:
    if count > MOST_LISTED:
        yield "   …", f"and {count - MOST_LISTED:,} more {what}"


def _joined(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST_LISTED])
    more = len(names) - MOST_LISTED
    return shown + (f", … and {more:,} more" if more > 0 else "")


def _number(value: float) -> str:
    return f"{value:.6g}".replace("-", "−")
