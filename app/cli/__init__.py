"""The command line. Nothing here imports Qt until a window is opened or a picture drawn."""

from app.cli.dispatch import main

__all__ = ["main"]
