"""From what the workspace knows to what views show."""

from __future__ import annotations

from app.changes import marks
from app.moment import Moment, RunMoment
from app.preparation import Prepared
from app.training.messages import Frame
from slp_core.network.pairs import pair
from slp_core.training.snapshot import Snapshot


def moment_of(prepared: Prepared, frame: Frame) -> Moment:
    """All runs of a frame on the data that is open; ``frame`` holds at least one."""
    changes = marks(frame.changes)
    runs = tuple(
        _run(prepared, run, line, snapshot, tuple(changes))
        for line, (run, snapshot) in enumerate(frame.snapshots)
    )
    return Moment(runs, frame.playing)


def _run(
    prepared: Prepared,
    run: int,
    line: int,
    snapshot: Snapshot,
    changes: tuple[tuple[int, str], ...],
) -> RunMoment:
    config = snapshot.config
    assert config.activation is not None  # noqa: S101 - a run's settings are complete
    assert config.loss is not None  # noqa: S101
    return RunMoment(
        run=run,
        name=f"Run {run}",
        line=line,
        read=prepared.document.as_read,
        table=prepared.table,
        dataset=prepared.dataset,
        pair=pair(config.activation, config.loss),
        config=config,
        snapshot=snapshot,
        marks=changes,
    )
