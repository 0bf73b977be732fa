from __future__ import annotations

from collections.abc import Iterator
from threading import Event, current_thread, main_thread

import pytest
from pytestqt.qtbot import QtBot

from app.jobs import JobControl, Jobs


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.shut_down()


def refuse(error: Exception) -> None:
    raise AssertionError(error)


def test_the_result_arrives_in_the_gui_thread(jobs: Jobs, qtbot: QtBot):
    seen: list[tuple[object, bool]] = []
    jobs.start(
        "t",
        lambda control: current_thread() is main_thread(),
        lambda result: seen.append((result, current_thread() is main_thread())),
        refuse,
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(False, True)]
    assert not jobs.is_running("t")


def test_an_exception_reaches_on_error(jobs: Jobs, qtbot: QtBot):
    errors: list[Exception] = []

    def work(control: JobControl) -> None:
        raise ValueError("no")

    jobs.start("t", work, refuse, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ValueError)


def test_a_newer_job_of_the_topic_cancels_the_older_whose_answer_is_dropped(
    jobs: Jobs, qtbot: QtBot
):
    release, cancelled, results = Event(), Event(), list[str]()

    def slow(control: JobControl) -> str:
        release.wait(10)
        if control.cancelled():
            cancelled.set()
        return "old"

    jobs.start("t", slow, results.append, refuse)
    jobs.start("t", lambda control: "new", results.append, refuse)
    release.set()
    qtbot.waitUntil(lambda: bool(results) and cancelled.is_set())
    qtbot.wait(20)
    assert results == ["new"]


def test_topics_do_not_disturb_each_other(jobs: Jobs, qtbot: QtBot):
    results: set[str] = set()
    jobs.start("a", lambda control: "a", results.add, refuse)
    jobs.start("b", lambda control: "b", results.add, refuse)
    qtbot.waitUntil(lambda: results == {"a", "b"})


def test_progress_is_told_in_the_gui_thread(jobs: Jobs, qtbot: QtBot):
    shares: list[tuple[float, bool]] = []
    done: list[object] = []

    def work(control: JobControl) -> None:
        control.progress(0.5)

    jobs.start(
        "t",
        work,
        done.append,
        refuse,
        lambda share: shares.append((share, current_thread() is main_thread())),
    )
    qtbot.waitUntil(lambda: bool(done))
    assert shares == [(0.5, True)]


def test_busy_is_told_when_it_begins_and_when_it_ends(jobs: Jobs, qtbot: QtBot):
    told: list[bool] = []
    jobs.busy_changed.connect(told.append)
    jobs.start("t", lambda control: None, lambda result: None, refuse)
    qtbot.waitUntil(lambda: told == [True, False])
