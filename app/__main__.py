"""``python -m app`` and the command ``perceptron-lab``."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line of this process; returns the exit code."""
    try:
        from app.cli import main as run
    except KeyboardInterrupt:  # Ctrl+C while modules are still loading
        return 130
    return run()


if __name__ == "__main__":
    sys.exit(main())
