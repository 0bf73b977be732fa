"""Reading large CSV files to a float32 matrix and labels: seconds and peak memory, against pandas.

Run by hand: ``python -m tests.benchmarks.bench_csv [--rows N] [--columns D] [--repeat R]``. Each
measurement is a fresh process; "peak" is all of its memory, "over" what reading added to the
imports. Times of a busy machine differ: read the ratios to the clean file and to pandas.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

LABELS = ("setosa", "versicolor", "virginica")
WORDS = ("red", "green", "blue", "Mon", "Tue", "a long category name", "north-east", "x")
TEXT_COLUMNS = 11
Cells: TypeAlias = NDArray[np.object_]
Writer: TypeAlias = Callable[[Cells, list[str], np.random.Generator], list[str]]


def _clean(cells: Cells, labels: list[str], _: np.random.Generator) -> list[str]:
    return [",".join(row) + f",{label}\n" for row, label in zip(cells, labels, strict=True)]


def _missing(cells: Cells, labels: list[str], random: np.random.Generator) -> list[str]:
    cells = cells.copy()
    draw = random.random(cells.shape)
    cells[draw < 0.02] = "NA"
    cells[draw < 0.01] = ""
    return _clean(cells, labels, random)


def _decimal_comma(cells: Cells, labels: list[str], _: np.random.Generator) -> list[str]:
    text = [";".join(row) + f";{label}\n" for row, label in zip(cells, labels, strict=True)]
    return [line.replace(".", ",") for line in text]


def _texts(cells: Cells, labels: list[str], random: np.random.Generator) -> list[str]:
    cells = cells.copy()
    words = np.array(WORDS, dtype=object)
    shape = (len(cells), min(TEXT_COLUMNS, cells.shape[1]))
    cells[:, : shape[1]] = words[random.integers(0, len(words), shape)]
    return _clean(cells, labels, random)


def _quoted(cells: Cells, labels: list[str], random: np.random.Generator) -> list[str]:
    return _clean(cells, [f'"{label}"' for label in labels], random)


CASES: dict[str, tuple[str, Writer]] = {
    "clean": (",", _clean),
    "2 % missing": (",", _missing),
    "decimal comma": (";", _decimal_comma),
    "11 text columns": (",", _texts),
    "quoted labels": (",", _quoted),
    "17 digits": (",", _clean),
}


def write(path: Path, case: str, rows: int, columns: int) -> None:
    """Write the file of ``case`` in pieces of 10 000 rows."""
    random = np.random.default_rng(7)
    delimiter, writer = CASES[case]
    form = "%r" if case == "17 digits" else "%.6f"
    with path.open("w", encoding="utf-8") as file:
        file.write(delimiter.join([f"x{k}" for k in range(columns)] + ["species"]) + "\n")
        for start in range(0, rows, 10_000):
            values = random.normal(size=(min(10_000, rows - start), columns))
            texts = np.array([form % v for v in values.ravel().tolist()], dtype=object)
            draw: list[int] = random.integers(0, 3, len(values)).tolist()
            labels = [LABELS[k] for k in draw]
            file.writelines(writer(texts.reshape(values.shape), labels, random))


def read_ours(path: Path) -> tuple[int, int]:
    """Our reader with all its checks, to matrix and labels."""
    from slp_core.data.reader import read_csv

    table = read_csv(path)
    X = table.matrix().astype(np.float32, copy=False)
    codes = table.columns[-1].codes
    return X.shape[0], 0 if codes is None else int(codes.max()) + 1


def read_pandas(path: Path) -> tuple[int, int]:
    """pandas.read_csv as it comes (told only the separator), to matrix and labels."""
    pandas: Any = importlib.import_module("pandas")
    comma = ";" in path.open(encoding="utf-8").readline()
    frame = pandas.read_csv(path, sep=";" if comma else ",", decimal="," if comma else ".")
    X = frame.select_dtypes("number").to_numpy(dtype=np.float32)
    codes, _ = pandas.factorize(frame["species"])
    return X.shape[0], int(codes.max()) + 1


READERS = {"ours": read_ours, "pandas": read_pandas}


def peak_memory() -> float:
    """The most memory this process ever held, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # Linux: ru_maxrss would start from the parent's peak
        line = next(line for line in status.read_text().splitlines() if "VmHWM" in line)
        return int(line.split()[1]) / 1024
    scale = 1 << 20 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def measure(reader: str, path: Path) -> None:
    """In the child process: read once, print seconds and memory in MB."""
    __import__("slp_core.data.reader" if reader == "ours" else "pandas")
    before = peak_memory()
    start = time.perf_counter()
    READERS[reader](path)
    seconds = time.perf_counter() - start
    peak = peak_memory()
    print(json.dumps({"seconds": seconds, "peak": peak, "over": peak - before}))


def run(reader: str, path: Path, repeat: int) -> dict[str, float]:
    """The fastest of ``repeat`` child processes."""
    found: list[dict[str, float]] = []
    for _ in range(repeat):
        command = [sys.executable, "-m", "tests.benchmarks.bench_csv", "--one", reader, str(path)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)
        found.append(json.loads(answer.stdout))
    return min(found, key=lambda each: each["seconds"])


def main() -> None:
    """Write the files, measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--columns", type=int, default=20)
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--cases", nargs="*", default=list(CASES), choices=list(CASES))
    parser.add_argument("--one", nargs=2, metavar=("READER", "FILE"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        measure(chosen.one[0], Path(chosen.one[1]))
        return
    readers = [name for name in READERS if name == "ours" or importlib.util.find_spec("pandas")]
    print(f"{chosen.rows} rows x {chosen.columns} numbers + label")
    print(f"{'file':18}{'MB':>6}" + "".join(f"{r:>9} s{'peak MB':>9}{'over':>7}" for r in readers))
    with tempfile.TemporaryDirectory() as folder:
        for case in chosen.cases:
            path = Path(folder) / "data.csv"
            write(path, case, chosen.rows, chosen.columns)
            told = f"{case:18}{path.stat().st_size / 1e6:6.0f}"
            for reader in readers:
                got = run(reader, path, chosen.repeat)
                told += f"{got['seconds']:11.2f}{got['peak']:9.0f}{got['over']:7.0f}"
            print(told, flush=True)


if __name__ == "__main__":
    main()
