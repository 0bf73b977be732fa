"""How fast updates are: mini-batches, full batches, and the way to the optimum.

Run by hand: ``python -m tests.benchmarks.bench_updates [--quick]``. Peers (torch eager and
scikit-learn) are measured when they are installed. Small steps, which one thread makes, are timed
by the processor's clock, so that a busy machine matters less; large ones by the wall's. The best
of several rounds counts; read the ratios, not the microseconds. Linear algebra on many threads
makes small steps twice as dear (idle threads spin), so sections say how many they use.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from slp_core.training.config import TrainingConfig
from slp_core.training.trainer import Trainer

ROUNDS = 5
Row = tuple[str, str, str, str]


def data(n: int, d: int, k: int, dtype: type[np.floating[Any]] = np.float64) -> Dataset:
    """A data set of n samples, d inputs and k classes, without reading or scaling a table."""
    generator = np.random.default_rng(0)
    X = generator.standard_normal((n, d), dtype=np.float32).astype(dtype, copy=False)
    noise = generator.standard_normal((n, k), dtype=np.float32)
    labels = np.argmax(X @ generator.normal(size=(d, k)).astype(dtype) + 2.0 * noise, axis=1)
    few = {f"x{j}": np.arange(2.0 * k) for j in range(d)}
    table = Table.from_columns("benchmark", {**few, "y": np.arange(2 * k) % k})
    small = Dataset.from_table(table, "y", scaling="none")
    return replace(
        small,
        prepared=X,
        all_labels=labels.astype(np.int64),
        samples=n,
        row_index=np.arange(n),
    )


Clock = Callable[[], float]


def best(run: Callable[[], int], clock: Clock = time.perf_counter) -> float:
    """Least seconds of one step; ``run`` returns the steps it made."""
    run()
    times: list[float] = []
    for _ in range(ROUNDS):
        begin = clock()
        steps = run()
        times.append((clock() - begin) / steps)
    return min(times)


def clock_for(dataset: Dataset, config: TrainingConfig) -> Clock:
    """The processor's clock for steps too small to be shared between threads."""
    small = config.batch_size != "full" or dataset.X.size < 10_000
    return time.process_time if small else time.perf_counter


def ours(dataset: Dataset, config: TrainingConfig, updates: int) -> float:
    """Seconds of an update, all it takes included: shuffling, checks, the record."""
    trainer = Trainer(dataset, replace(config, epochs=10**9))
    trainer.advance(min(10 * updates, 20_000))
    return best(lambda: trainer.advance(updates), clock_for(dataset, config))


def torch_step(dataset: Dataset, batch: int | None, updates: int) -> float | None:
    """A step of torch eager with SGD on the same data, as its tutorials write it."""
    if importlib.util.find_spec("torch") is None:
        return None
    torch: Any = importlib.import_module("torch")
    config = TrainingConfig(batch_size="full" if batch is None else batch)
    clock = clock_for(dataset, config)
    single = clock is time.process_time or os.environ.get("OMP_NUM_THREADS") == "1"
    torch.set_num_threads(1 if single else os.cpu_count() or 1)
    k = len(dataset.classes)
    X, labels = torch.from_numpy(dataset.X.copy()), torch.from_numpy(dataset.labels.copy())
    model = torch.nn.Linear(X.shape[1], 1 if k == 2 else k).to(X.dtype)
    criterion = torch.nn.BCEWithLogitsLoss() if k == 2 else torch.nn.CrossEntropyLoss()
    targets = labels.to(X.dtype)[:, None] if k == 2 else labels
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    size = len(X) if batch is None else batch

    def run() -> int:
        for i in range(updates):
            start = (i * size) % max(len(X) - size + 1, 1)
            optimizer.zero_grad()
            criterion(model(X[start : start + size]), targets[start : start + size]).backward()
            optimizer.step()
        return updates

    return best(run, clock)


def read_once(dataset: Dataset) -> float:
    """Seconds to read X once: the sum of its numbers, as NumPy adds a flat array."""
    flat = dataset.X.reshape(-1)
    return best(lambda: int(flat.sum() is not None))


def milli(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    return f"{seconds * 1e6:.1f} µs" if seconds < 1e-3 else f"{seconds * 1e3:.2f} ms"


def ratio(peer: float | None, own: float) -> str:
    return "-" if peer is None else f"{peer / own:.1f}x"


def mini_batches(quick: bool) -> list[Row]:
    updates = 2000 if quick else 8000
    rows: list[Row] = []
    for d in (2, 64):
        dataset = data(20_000, d, 2)
        for optimizer in ("gd", "momentum", "adam"):
            own = ours(dataset, TrainingConfig(batch_size=32, optimizer=optimizer), updates)
            peer = torch_step(dataset, 32, updates // 4) if optimizer == "gd" else None
            name = f"mini-batch 32, d = {d}, {optimizer}"
            rows.append((name, milli(own), milli(peer), ratio(peer, own)))
    return rows


def small_full_batches(quick: bool) -> list[Row]:
    del quick
    dataset = data(150, 4, 3)
    own, peer = ours(dataset, TrainingConfig(), 2000), torch_step(dataset, None, 500)
    return [("full batch 150 x 4 x 3", milli(own), milli(peer), ratio(peer, own))]


def large_full_batches(quick: bool) -> list[Row]:
    rows: list[Row] = []
    n = 100_000 if quick else 1_000_000
    for dtype in (np.float32, np.float64):
        rows.extend(_large(data(n, 32, 2, dtype), f"full batch {n} x 32 {dtype.__name__}"))
    rows.extend(_large(data(n // 5, 64, 10), f"full batch {n // 5} x 64 x 10 float64"))
    return rows


def _large(dataset: Dataset, name: str) -> list[Row]:
    own, peer = ours(dataset, TrainingConfig(), 6), torch_step(dataset, None, 6)
    reading = read_once(dataset)
    return [
        (name, milli(own), milli(peer), ratio(peer, own)),
        ("  one read of X, and steps in reads", milli(reading), "", f"{own / reading:.1f} reads"),
    ]


def optima(quick: bool) -> list[Row]:
    del quick
    rows: list[Row] = []
    for n, d, k in ((10_000, 20, 2), (10_000, 20, 5)):
        dataset = data(n, d, k)
        peer = _sklearn(dataset)
        for optimizer in ("lbfgs", "newton"):
            config = TrainingConfig(optimizer=optimizer, l2=1.0 / n)

            def run(dataset: Dataset = dataset, config: TrainingConfig = config) -> int:
                trainer = Trainer(dataset, replace(config, stop_gradient=1e-6))
                trainer.advance()
                return 1

            own = best(run)
            name = f"optimum to 1e-6, {n} x {d} x {k}, {optimizer}"
            rows.append((name, milli(own), milli(peer), ratio(peer, own)))
    return rows


def _sklearn(dataset: Dataset) -> float | None:
    """scikit-learn's LogisticRegression (lbfgs) on the same objective."""
    if importlib.util.find_spec("sklearn") is None:
        return None
    linear: Any = importlib.import_module("sklearn.linear_model")

    def run() -> int:
        linear.LogisticRegression(C=1.0, tol=1e-6, max_iter=1000).fit(dataset.X, dataset.labels)
        return 1

    return best(run)


def frames(quick: bool) -> list[Row]:
    """What a picture costs the training thread, after a record of some length."""
    del quick
    trainer = Trainer(data(200, 2, 2), TrainingConfig(batch_size=32, epochs=10**9))
    trainer.advance(100_000)

    def snapshot_only() -> int:
        trainer.snapshot()
        return 1

    def with_update() -> int:
        trainer.advance(1)
        return snapshot_only()

    return [
        ("snapshot, nothing new", milli(best(snapshot_only)), "-", "-"),
        ("an update and a snapshot of it", milli(best(with_update)), "-", "-"),
    ]


SECTIONS: dict[str, Callable[[bool], list[Row]]] = {
    "mini": mini_batches,
    "small": small_full_batches,
    "large": large_full_batches,
    "optimum": optima,
    "frames": frames,
}
PLAN = (("mini", 1), ("small", 1), ("frames", 1), ("large", 1), ("large", 0), ("optimum", 0))
"""Sections and threads of the linear algebra, 0 for as many as it likes."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the large data")
    parser.add_argument("--section", choices=tuple(SECTIONS))
    options = parser.parse_args()
    if options.section:
        for name, own, peer, factor in SECTIONS[options.section](options.quick):
            print(f"{name:44}{own:>12}{peer:>12}{factor:>12}", flush=True)
        return
    print(f"{'':44}{'here':>12}{'peer':>12}{'peer/here':>12}")
    for section, threads in PLAN:
        print(f"-- {section}, {threads or 'all'} threads", flush=True)
        _run_section(section, threads, options.quick)


def _run_section(section: str, threads: int, quick: bool) -> None:
    """In a process of its own: threads are settled when NumPy is imported."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_updates", "--section", section]
    limit = {"OPENBLAS_NUM_THREADS": str(threads), "OMP_NUM_THREADS": str(threads)}
    environment = {**os.environ, **limit} if threads else dict(os.environ)
    subprocess.run(command + ["--quick"] * quick, env=environment, check=True)


if __name__ == "__main__":
    main()
