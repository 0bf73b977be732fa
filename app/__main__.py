"""``python -m app`` and the command ``perceptron-lab``."""

from __future__ import annotations

import os
import sys

# Read by NumPy's BLAS when it is imported. More threads help only the largest matrices; between the
# small updates of a mini-batch they idle at the cost of double the processor time, and in the
# window they take what the drawing needs (measured with d = 64: 22 % instead of 56 % of the speed
# without a window).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> int:
    """Run the command line of this process; returns the exit code."""
    try:
        from app.cli import main as run
    except KeyboardInterrupt:  # Ctrl+C while modules are still loading
        return 130
    return run()


if __name__ == "__main__":
    sys.exit(main())
