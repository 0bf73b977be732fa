"""One sentence about where the run is."""

from __future__ import annotations

from slp_core.training.snapshot import Snapshot


def status_text(snapshot: Snapshot, playing: bool) -> str:
    """What the run is doing, or why it stopped."""
    if snapshot.stop is not None:
        return snapshot.stop.text
    if playing:
        return "Training. Every setting on the left can be changed while it runs."
    if snapshot.update == 0:
        return "Ready: press Play (Space), or drop a CSV file anywhere on this window."
    plural = "" if snapshot.update == 1 else "s"
    return f"Paused after {snapshot.update:,} update{plural}."
