"""Every exception has words: a title, what is wrong and where, what to do, details."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from app.problems import UNEXPECTED, Problem, problem_from
from app.system_libraries import install_hint, missing_library
from slp_core.errors import ConfigError, DataError, Diverged, FormulaError, SlpError


def raised(error: BaseException) -> Problem:
    """The problem of ``error`` as it is when caught."""
    try:
        raise error
    except BaseException as caught:  # noqa: BLE001  # whatever the case raises
        return problem_from(caught)


def test_a_data_error_says_file_line_and_column() -> None:
    error = DataError(
        '"oops" is not a number',
        code="csv.cell",
        hint="Correct the cell.",
        path=Path("data") / "x.csv",
        line=3,
        column="width",
    )
    problem = raised(error)
    where = Path("data") / "x.csv"
    assert problem.text == f'{where}, line 3, column "width": "oops" is not a number'
    assert problem.hint == "Correct the cell."
    assert problem.title == "This file cannot be read"
    assert problem.expected


def test_a_column_may_be_a_number() -> None:
    problem = raised(DataError("too short", code="csv.x", line=4, column=2))
    assert problem.text == "line 4, column 2: too short"


def test_a_place_the_message_names_is_not_said_twice() -> None:
    error = DataError("x.csv: line 3 has too many cells", code="csv.x", path=Path("x.csv"), line=3)
    assert raised(error).text == "x.csv: line 3 has too many cells"


def test_line_3_is_not_mistaken_for_line_30() -> None:
    error = DataError("it began on line 30", code="csv.x", line=3)
    assert raised(error).text == "line 3: it began on line 30"


def test_a_setting_error_lists_what_would_do_once() -> None:
    error = ConfigError("optimizer 'x' is not known", field="optimizer", allowed=("gd", "adam"))
    assert raised(error).hint == "Possible: gd, adam."
    said = ConfigError("unknown", field="f", allowed=("gd",), hint="Choose one of gd.")
    assert raised(said).hint == "Choose one of gd."


CASES: tuple[tuple[BaseException, str, str], ...] = (
    (SlpError("no session", code="session.x"), "This session cannot be opened", "no session"),
    (DataError("one class", code="dataset.x"), "This data cannot be used", "one class"),
    (
        Diverged("the score is inf", quantity="score", where=(0, 1), count=2, update=7),
        "Training left the finite numbers",
        "the score is inf",
    ),
    (
        FormulaError("a bracket is open", line=2, column=9),
        "This formula cannot be used",
        "line 2, column 9: a bracket is open",
    ),
    (MemoryError(), "Out of memory", "there is not enough memory for this"),
    (
        FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "a/b.csv"),
        "b.csv cannot be used",
        "a/b.csv: there is no such file or folder",
    ),
    (
        OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "out.json"),
        "out.json cannot be used",
        "out.json: the disk is full",
    ),
    (OSError("strange"), "The system refused", "strange"),
    (
        ImportError("libEGL.so.1: cannot open shared object file: No such file or directory"),
        "A system library is missing",
        "the system library libEGL.so.1 is missing",
    ),
)


@pytest.mark.parametrize(("error", "title", "text"), CASES, ids=lambda case: type(case).__name__)
def test_words_of_expected_errors(error: BaseException, title: str, text: str) -> None:
    problem = raised(error)
    assert (problem.title, problem.text) == (title, text)
    assert problem.expected


def test_text_that_cannot_be_decoded() -> None:
    problem = raised(UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"))
    assert problem.title == "This file cannot be read"
    assert "invalid start byte" in problem.text


def test_a_missing_package_is_named() -> None:
    problem = raised(ModuleNotFoundError("No module named 'pyqtgraph'", name="pyqtgraph.widgets"))
    assert "pyqtgraph" in problem.text
    assert "pip install" in problem.hint


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("division by zero"), KeyError("k"), RuntimeError()]
)
def test_a_fault_names_the_exception_and_keeps_the_traceback(error: Exception) -> None:
    problem = raised(error)
    assert problem.title == UNEXPECTED
    assert problem.text.startswith(type(error).__name__)
    assert not problem.expected
    assert "Traceback" in problem.details
    assert "test_problems.py" in problem.details


def test_a_fault_stays_on_one_line() -> None:
    assert "\n" not in raised(RuntimeError("first\nsecond")).text


def test_details_name_the_versions() -> None:
    assert all(name in raised(ValueError("x")).details for name in ("Python", "numpy", "PySide6"))


def test_libraries_become_debian_packages() -> None:
    hint = install_hint(["libxcb-cursor.so.0", "libGL.so.1", "libodd.so.5"])
    assert "apt-get install libgl1 libxcb-cursor0" in hint
    assert "libodd.so.5" in hint


def test_other_loader_messages_are_not_mistaken() -> None:
    assert missing_library("libQt6Gui.so.6: undefined symbol: x") is None
