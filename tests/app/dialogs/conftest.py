from __future__ import annotations

from tests.app.panels.conftest import Ear, heard

__all__ = ["Ear", "heard"]
