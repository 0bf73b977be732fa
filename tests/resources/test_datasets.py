from __future__ import annotations

import csv
from importlib.resources import files

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
    assert all(len(row) == len(header) and all(row) for row in rows)


def test_iris_is_the_corrected_copy() -> None:
    _, *rows = _rows("iris")
    assert rows[34] == ["4.9", "3.1", "1.5", "0.2", "setosa"]
    assert rows[37] == ["4.9", "3.6", "1.4", "0.1", "setosa"]


def test_digits_are_named_by_row_and_column_and_lie_between_0_and_16() -> None:
    header, *rows = _rows("digits")
    assert header[:-1] == [f"p{row}{column}" for row in range(8) for column in range(8)]
    assert {int(cell) for row in rows for cell in row[:-1]} == set(range(17))


def test_every_set_is_described_with_its_source() -> None:
    text = DATASETS.joinpath("SOURCES.md").read_text(encoding="utf-8")
    for key, row in SAMPLES.items():
        name = f"`{key}`" if row.generated else f"## {key}.csv"
        assert name in text
        assert row.licence in text or row.generated


def test_no_file_is_without_a_description() -> None:
    found = {path.name for path in DATASETS.iterdir() if path.is_file()}
    assert found == {f"{key}.csv" for key in SHIPPED} | {"SOURCES.md"}
