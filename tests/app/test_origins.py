from __future__ import annotations

import pytest

from app.origins import (
    FileOrigin,
    Origin,
    SampleOrigin,
    TextOrigin,
    generated_alike,
    origin_from,
)


@pytest.mark.parametrize(
    ("name", "origin"),
    [
        ("sample:iris", SampleOrigin("iris")),
        ("folder/data.csv", FileOrigin("folder/data.csv")),
        ("data[1].csv", FileOrigin("data[1].csv")),
    ],
)
def test_names_on_the_command_line(name: str, origin: Origin) -> None:
    assert origin_from(name) == origin


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        (SampleOrigin("two_gaussians"), "two gaussians"),
        (FileOrigin("/folder/data.csv"), "data.csv"),
        (TextOrigin("a,b\n1,2"), "Pasted table"),
    ],
)
def test_origins_are_called_something(origin: Origin, name: str) -> None:
    assert origin.name == name


def test_dragging_one_slider_is_one_gesture_and_another_seed_is_none() -> None:
    before = SampleOrigin("moons", noise=0.1)
    assert generated_alike(before, SampleOrigin("moons", noise=0.2)) == ("generate", "noise")
    assert generated_alike(before, SampleOrigin("moons", noise=0.1, seed=1)) is None
    assert generated_alike(before, SampleOrigin("moons", noise=0.2, seed=1)) is None
    assert generated_alike(FileOrigin("a.csv"), before) is None
