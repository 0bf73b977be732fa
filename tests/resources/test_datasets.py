from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path
from statistics import mean, stdev

import pytest

from slp_core.data.samples import SAMPLES

DATASETS = files("resources").joinpath("datasets")
SHIPPED = [key for key, row in SAMPLES.items() if not row.generated]


def _rows(key: str) -> list[list[str]]:
    text = DATASETS.joinpath(f"{key}.csv").read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))


@pytest.mark.parametrize("key", SHIPPED)
def test_shipped_files_are_rectangular_and_complete(key: str) -> None:
    header, *rows = _rows(key)
    assert len(rows) == SAMPLES[key].points
    assert len(set(header)) == len(header)
    assert header[-1] == SAMPLES[key].target
    assert all(len(row) == len(header) and row[-1] for row in rows)
    assert key == "penguins" or all(all(row) for row in rows)


def test_iris_is_the_corrected_copy() -> None:
    _, *rows = _rows("iris")
    assert rows[34] == ["4.9", "3.1", "1.5", "0.2", "setosa"]
    assert rows[37] == ["4.9", "3.6", "1.4", "0.1", "setosa"]


def test_digits_are_named_by_row_and_column_and_lie_between_0_and_16() -> None:
    header, *rows = _rows("digits")
    assert header[:-1] == [f"p{row}{column}" for row in range(8) for column in range(8)]
    assert {int(cell) for row in rows for cell in row[:-1]} == set(range(17))


def _moments(key: str, column: str) -> tuple[int, float, float]:
    header, *rows = _rows(key)
    cells = [float(row[header.index(column)]) for row in rows if row[header.index(column)]]
    return len(cells), mean(cells), stdev(cells)


@pytest.mark.parametrize(
    ("key", "column", "count", "middle", "spread"),
    [
        ("penguins", "bill length (mm)", 342, 43.921930, 5.459584),
        ("penguins", "bill depth (mm)", 342, 17.151170, 1.974793),
        ("penguins", "flipper length (mm)", 342, 200.915205, 14.061714),
        ("penguins", "body mass (g)", 342, 4201.754386, 801.954536),
        ("cars", "economy (mpg)", 392, 23.445918, 7.805007),
        ("cars", "displacement (cu in)", 392, 194.411990, 104.644004),
        ("cars", "power (hp)", 392, 104.469388, 38.491160),
        ("cars", "weight (lb)", 392, 2977.584184, 849.402560),
        ("cars", "0 to 60 mph (s)", 392, 15.541327, 2.758864),
        ("wine", "proline", 178, 746.893258, 314.907474),
        ("breast_cancer", "mean radius", 569, 14.127292, 3.524049),
    ],
)
def test_the_cells_are_those_of_the_source(
    key: str, column: str, count: int, middle: float, spread: float
) -> None:
    assert _moments(key, column) == (
        count,
        pytest.approx(middle, abs=1e-6),
        pytest.approx(spread, abs=1e-6),
    )


def test_penguins_keep_their_missing_cells() -> None:
    _, *rows = _rows("penguins")
    assert sum(row.count("") for row in rows) == 2 * 4 + 11
    assert sum("" in row for row in rows) == 11


def test_all_files_together_stay_small() -> None:
    size = sum(path.stat().st_size for path in Path(str(DATASETS)).glob("*.csv"))
    assert size < 500_000


def test_every_set_is_described_with_its_source() -> None:
    text = DATASETS.joinpath("SOURCES.md").read_text(encoding="utf-8")
    for key, row in SAMPLES.items():
        name = f"`{key}`" if row.generated else f"## {key}.csv"
        assert name in text
        assert row.licence in text or row.generated


def test_no_file_is_without_a_description() -> None:
    found = {path.name for path in DATASETS.iterdir() if path.is_file()}
    assert found == {f"{key}.csv" for key in SHIPPED} | {"SOURCES.md"}
