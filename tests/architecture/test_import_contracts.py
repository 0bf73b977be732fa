"""The import contracts hold, and each one can fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("app", "slp_core", "resources")


@dataclass(frozen=True)
class Offence:
    """An import (or a new module) that a contract forbids."""

    contract: str
    file: str
    line: str


OFFENCES = (
    Offence("core-layers", "slp_core/network/parameters.py", "import slp_core.training.config"),
    Offence("core-layers", "slp_core/network/parameters.py", "import slp_core.data.table"),
    Offence("core-layers", "slp_core/data/table.py", "import slp_core.network.pairs"),
    Offence("core-layers", "slp_core/misplaced.py", "NEW_MODULE = True"),
    Offence("app-layers", "app/workspace.py", "import app.window.crash"),
    Offence("app-layers", "app/theme.py", "import app.cli.parser"),
    Offence("app-layers", "app/misplaced.py", "NEW_MODULE = True"),
    Offence("core-alone", "slp_core/errors.py", "import app.problems"),
    Offence("core-alone", "slp_core/errors.py", "from PySide6.QtCore import QObject"),
    Offence("core-alone", "slp_core/errors.py", "def late():\n    import pyqtgraph"),
    Offence("values-only", "app/plots/scales.py", "import app.workspace"),
    Offence("values-only", "app/panels/__init__.py", "import app.training.worker"),
    Offence("panels-at-once", "app/panels/__init__.py", "import app.jobs"),
    Offence("tables-values-only", "app/tables/place.py", "import app.workspace"),
    Offence("tables-values-only", "app/tables/place.py", "import app.plots.numbers"),
    Offence("lab-values-only", "app/lab/marks.py", "import app.workspace"),
    Offence("lab-values-only", "app/lab/marks.py", "import app.training.messages"),
    Offence("one-plotter", "app/window/crash.py", "import pyqtgraph"),
    Offence("qt-stays-out", "app/problems.py", "def late():\n    from PySide6 import QtCore"),
    Offence("qt-stays-out", "app/cli/train.py", "import PySide6.QtGui"),
)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code that may be spoilt."""
    copy = tmp_path_factory.mktemp("tree")
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            target = copy / file.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    shutil.copyfile(ROOT / ".importlinter", copy / ".importlinter")
    return copy


def lint(tree: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    """Run the linter on the copy, for some contracts or for all."""
    program = "import sys; from importlinter.cli import lint_imports_command as run; run()"
    chosen = [word for contract in contracts for word in ("--contract", contract)]
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo", *chosen],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def contract_names() -> dict[str, str]:
    """Each contract's identifier and its sentence."""
    config = ConfigParser()
    config.read(ROOT / ".importlinter", encoding="utf-8")
    prefix = "importlinter:contract:"
    sections = [section for section in config.sections() if section.startswith(prefix)]
    return {section.removeprefix(prefix): config[section]["name"] for section in sections}


def test_every_contract_is_kept(tree: Path) -> None:
    done = lint(tree)
    assert done.returncode == 0, done.stdout + done.stderr
    for sentence in contract_names().values():
        assert f"{sentence} KEPT" in done.stdout


@pytest.mark.parametrize(
    "offence", OFFENCES, ids=lambda offence: f"{offence.contract}-{offence.line.split()[-1]}"
)
def test_an_offence_breaks_its_contract(tree: Path, offence: Offence) -> None:
    file = tree / offence.file
    before = file.read_text(encoding="utf-8") if file.exists() else None
    file.write_text(f"{before or ''}\n{offence.line}\n", encoding="utf-8")
    try:
        done = lint(tree, offence.contract)
    finally:
        file.unlink() if before is None else file.write_text(before, encoding="utf-8")
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{contract_names()[offence.contract]} BROKEN" in done.stdout


def test_every_contract_is_broken_by_some_offence() -> None:
    assert {offence.contract for offence in OFFENCES} == set(contract_names())
