"""What the DATA panel says about a table and a data set."""

from __future__ import annotations

from app.panels.choice_box import Option
from app.resources import folder
from slp_core.data.dataset import Dataset
from slp_core.data.table import Column, Table

CURVE = "curve"
"""Key of the choice to draw nothing upwards but the output itself."""

TASK_OPTIONS = (
    Option("", "auto", "Texts and few whole numbers are classes, other numbers a quantity."),
    Option("multiclass", "classes", "Every different value of the target is a class."),
    Option("regression", "a number", "The target is a quantity: regression."),
)


def is_built_in(table: Table) -> bool:
    """Whether the table came with the program, so that an own file is still to be invited."""
    return table.path is None or table.path.is_relative_to(folder())


def counts_text(table: Table, dataset: Dataset) -> str:
    """For example "150 rows · 4 features · 3 classes".

    Where rows are left out it says "63 of 100 rows used", where cells are filled how many, and
    where a column gives several inputs (texts, powers, products) "2 columns → 13 inputs".
    """
    used = table.rows - dataset.left_out
    rows = f"{used:,} of {table.rows:,} rows used" if dataset.left_out else _count(used, "row")
    columns = len({feature.column for feature in dataset.preparation.features})
    inputs = _count(columns, "feature")
    if dataset.terms != columns:
        inputs = f"{_count(columns, 'column')} → {dataset.terms:,} inputs"
    parts = [
        rows,
        *([f"{_count(dataset.filled, 'cell')} filled"] if dataset.filled else []),
        inputs,
    ]
    parts.append(_count(len(dataset.classes), "class") if dataset.classes else "regression")
    # A line may break between the parts, not inside them.
    return " · ".join(part.replace(" ", "\u00a0") for part in parts)


def _count(number: int, noun: str) -> str:
    plural = noun + ("es" if noun.endswith("s") else "s")
    return f"{number:,} {noun if number == 1 else plural}"


def target_options(table: Table) -> list[Option]:
    """All columns, with what they hold."""
    return [Option(c.name, c.name, f"{c.name}: {_kind(c)}.") for c in table.columns]


def target_refusals(table: Table) -> dict[str, str]:
    """Why a column cannot be the target."""
    return {
        column.name: f"{column.name} is empty: there is nothing to predict."
        for column in table.columns
        if column.missing == len(column)
    }


def task_refusals(table: Table, target: str) -> dict[str, str]:
    """Why a target cannot be learned as a number."""
    if target not in table.names or table.column(target).numbers is not None:
        return {}
    kind = _kind(table.column(target))
    return {"regression": f"{target} holds {kind}: only numbers can be learned as a number."}


def feature_refusals(table: Table, target: str) -> dict[str, str]:
    """Why a column cannot be a feature, whatever else is chosen."""
    refusals: dict[str, str] = {}
    for column in table.columns:
        if column.name == target:
            continue
        if column.missing == len(column):
            refusals[column.name] = f"{column.name} is empty."
        elif column.kind == "date":
            refusals[column.name] = f"{column.name} holds dates, which are not numbers."
    return refusals


def _kind(column: Column) -> str:
    words = {
        "number": "numbers",
        "text": f"{len([d for d in column.distinct if d]):,} different texts",
        "bool": "yes or no",
        "date": "dates",
        "empty": "empty",
    }
    missing = f", {column.missing:,} missing" if 0 < column.missing < len(column) else ""
    return words[column.kind] + missing
