"""A landscape on the screen, and waiting for its losses."""

from __future__ import annotations

from collections.abc import Iterator

from pytestqt.qtbot import QtBot

from app.moment import RunMoment
from app.plots.landscape_survey import FINE
from app.plots.landscape_view import LandscapeView
from tests.app.plots.examples import settle, show
from tests.app.plots.run_examples import moment, sample, trained

MOONS_DATA = sample("moons")
MOONS = trained(MOONS_DATA, epochs=60)
IRIS = trained(sample("iris"), epochs=60)


def shown_view(qtbot: QtBot) -> Iterator[LandscapeView]:
    """A view for a fixture; its thread is ended at the end."""
    made = LandscapeView()
    qtbot.addWidget(made.header_widget)
    yield show(qtbot, made, 520, 460)
    made.shut_down()


def surveyed(qtbot: QtBot, view: LandscapeView, *runs: RunMoment, size: int = FINE) -> None:
    """Show runs and wait for their losses."""
    view.show_moment(moment(*runs))
    seen = view.picture

    def done() -> bool:
        return seen.survey is not None and seen.survey.question.size >= size

    qtbot.waitUntil(done, timeout=20_000)
    settle(qtbot)
