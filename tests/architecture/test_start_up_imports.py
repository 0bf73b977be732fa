"""What starting does not load: Qt for the command line, SciPy for anything."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("PySide6", "shiboken6", "pyqtgraph", "scipy", "pandas", "matplotlib", "onnx", "ziamath")

CASES = (
    ("slp_core", HEAVY),
    ("app.problems", HEAVY),
    ("app.launch", HEAVY),
    ("app.cli", HEAVY),
    ("app.__main__", HEAVY),
    ("app.application", ("scipy", "pandas", "matplotlib", "onnx", "pyqtgraph", "ziamath")),
)


@pytest.mark.parametrize(("module", "unwanted"), CASES, ids=[case[0] for case in CASES])
def test_import_stays_light(module: str, unwanted: tuple[str, ...]) -> None:
    program = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=100
    )
    assert done.returncode == 0, done.stderr
    assert not set(unwanted) & set(done.stdout.split())
