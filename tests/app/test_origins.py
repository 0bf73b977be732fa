from __future__ import annotations

import pytest

from app.origins import FileOrigin, Origin, SampleOrigin, TextOrigin, origin_from


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
