"""Rules of the house that a linter does not know."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("app", "slp_core", "resources", "tests")
LONGEST_FILE = 300
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}


def sources() -> list[Path]:
    return sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))


def test_there_is_something_to_judge() -> None:
    assert len(sources()) > 50


def test_no_file_is_too_long_to_read() -> None:
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines())
        for file in sources()
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_a_file_is_named_for_what_lives_in_it() -> None:
    assert [file for file in sources() if file.stem in NAMES_THAT_SAY_NOTHING] == []


@pytest.mark.parametrize("package", ["app", "slp_core", "tests"])
def test_every_folder_of_code_is_a_package(package: str) -> None:
    folders = {file.parent for file in sources() if file.is_relative_to(ROOT / package)}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []
