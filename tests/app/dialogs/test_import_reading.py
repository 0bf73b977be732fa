from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.dialogs.import_reading import (
    Found,
    Role,
    fitting,
    judge,
    read,
    settled,
    shown_roles,
    with_kind,
    with_role,
)
from app.jobs import JobControl
from app.origins import FileOrigin, TextOrigin
from app.sources import DataOptions
from slp_core.data.raw_lines import raw_lines
from slp_core.data.reading_options import ReadingOptions
from slp_core.data.table import Table
from tests.app.dialogs.import_examples import CSV, example

FILES = sorted(path for path in CSV.glob("*/*") if path.suffix != ".json" and path.is_file())


def control() -> JobControl:
    return JobControl(lambda _share: None)


def found(path: Path | str, reading: ReadingOptions | None = None) -> Found:
    return read(FileOrigin(str(path)), reading or ReadingOptions(), DataOptions(), control())


@pytest.fixture
def table() -> Table:
    rng = np.random.default_rng(0)
    columns = {name: rng.normal(size=12) for name in "abc"}
    return Table.from_columns("t", {**columns, "class": np.array(["x", "y"] * 6, object)})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_gives_a_table_or_a_reason(path: Path) -> None:
    result = found(path)
    if result.table is None:
        assert result.refusal is not None
        assert result.verdict is None
    else:
        assert result.verdict is not None
        assert (result.verdict.roles is None) != (result.verdict.refusal is None)
    if result.lines is not None:
        assert raw_lines(path, result.lines, 1, 5)


@pytest.mark.parametrize("name", ["table.parquet", "35_empty.csv", "numbers.bin", "excel.xlsx"])
def test_what_is_no_text_has_no_lines(name: str) -> None:
    assert found(example(name)).lines is None


def test_a_file_that_has_gone_is_refused(tmp_path: Path) -> None:
    result = found(tmp_path / "gone.csv")
    assert isinstance(result.refusal, OSError)
    assert result.lines is None


def test_decisions_that_cannot_be_followed_are_refused() -> None:
    result = found(example("01_simple.csv"), ReadingOptions(delimiter="7"))
    assert result.refusal is not None
    assert result.lines is not None
    unknown = found(example("01_simple.csv"), ReadingOptions(encoding="no such"))
    assert unknown.refusal is not None
    assert unknown.lines is None


def test_a_text_that_is_no_table_still_has_lines() -> None:
    result = read(TextOrigin("x,y\n"), ReadingOptions(), DataOptions(), control())
    assert result.table is None
    assert result.lines is not None
    assert raw_lines("x,y\n", result.lines, 1, 5)[0].text == "x,y"


def test_unknown_columns_are_passed_over(table: Table) -> None:
    given = DataOptions(target="gone", task="regression", features=("a", "gone"), degree=2)
    assert fitting(given, table) == DataOptions(degree=2)
    kept = DataOptions(target="class", features=("a",), renames=(("x", "cross"),))
    assert fitting(kept, table) == kept


def test_what_cannot_be_learned_is_a_verdict(table: Table) -> None:
    verdict = judge(table, DataOptions(target="class", features=()))
    assert verdict.roles is None
    assert verdict.refusal is not None


def test_a_new_target_leaves_what_was_for_the_old_one(table: Table) -> None:
    options = DataOptions(features=("a", "b"), task="multiclass", renames=(("x", "cross"),))
    roles = judge(table, options).roles
    assert roles is not None
    after = with_role(options, table, roles, ["a"], "target")
    assert after == DataOptions(target="a", features=("b",))
    same = with_role(options, table, roles, ["class"], "target")
    assert (same.task, same.renames) == ("multiclass", (("x", "cross"),))
    assert with_role(DataOptions(features=("a",)), table, roles, ["a"], "target").features is None


def test_kinds_are_settled_and_left_to_the_reader_again() -> None:
    told = with_kind(ReadingOptions(), ["a", "b"], "text")
    assert dict(told.kinds) == {"a": "text", "b": "text"}
    assert dict(with_kind(told, ["a"], "number").kinds) == {"a": "number", "b": "text"}
    assert with_kind(told, ["a", "b", "c"], None) == ReadingOptions()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "class"]), st.sampled_from(["target", "feature", "ignore"])
    ),
    max_size=8,
)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_roles_are_what_was_chosen(table: Table, steps: list[tuple[str, Role]]) -> None:
    options, before = DataOptions(), judge(table, DataOptions()).roles
    for name, role in steps:
        shown = shown_roles(options, table, before)
        if name == shown.target and role != "target":
            continue  # greyed in the dialog
        options = with_role(options, table, shown, [name], role)
        verdict = judge(table, options)
        if verdict.roles is None:
            continue
        before = verdict.roles
        assert before.role(name) == role
        short = settled(options, before, DataOptions())
        assert judge(table, short).roles == before
        options = short
