"""Commands of the View menu."""

from __future__ import annotations

from app.command import Choice, Command

VIEW_ROWS = (
    Command(
        key="view.fit",
        text="&Fit the data",
        summary="Show all points and all of the curves.",
        menu="view",
        icon="fit",
        shortcuts=("F", "Ctrl+0"),
    ),
    Command(
        key="view.log_values",
        text="&Logarithmic values",
        summary="Draw loss, gradient, step and rate on a logarithmic scale.",
        menu="view",
        icon="log",
        shortcuts=("L",),
        checkable=True,
    ),
    Command(
        key="view.log_time",
        text="Logarithmic &time",
        summary="Draw the epochs of the curves on a logarithmic scale.",
        menu="view",
        shortcuts=("Shift+L",),
        checkable=True,
    ),
    Command(
        key="view.table",
        text="Ta&ble",
        summary="Show the rows under the decision view, with what the model says of each.",
        menu="view",
        icon="table",
        shortcuts=("T",),
        checkable=True,
    ),
    Command(
        key="view.data_card",
        text="&Data card",
        summary="Show what the data set holds: counts, what was left out or filled, scaling.",
        menu="view",
        icon="data",
        shortcuts=("Ctrl+Shift+D",),
    ),
    Command(
        key="view.theme",
        text="&Colours",
        summary="Choose light, dark or projector colours, or what the system prefers.",
        menu="view",
        icon="sun",
        submenu=True,
        choices=(
            Choice("system", "As the &system", "Light or dark, as the desktop prefers."),
            Choice("light", "&Light", "Dark text on a light ground."),
            Choice("dark", "&Dark", "Light text on a dark ground."),
            Choice("projector", "&Projector", "Large type, thick lines and the highest contrast."),
        ),
        section=True,
    ),
    Command(
        key="view.next_theme",
        text="&Next colours",
        summary="Switch between light, dark and projector colours.",
        menu="view",
        icon="moon",
        shortcuts=("Ctrl+T",),
        toolbar="out",
    ),
    Command(
        key="view.larger_text",
        text="L&arger text",
        summary="Make all text larger.",
        menu="view",
        icon="text-larger",
        shortcuts=("Ctrl++", "Ctrl+="),
    ),
    Command(
        key="view.smaller_text",
        text="S&maller text",
        summary="Make all text smaller.",
        menu="view",
        icon="text-smaller",
        shortcuts=("Ctrl+-",),
    ),
    Command(
        key="view.frame_rate",
        text="Frame &rate",
        summary="Choose between smooth pictures and fast training.",
        menu="view",
        icon="frames",
        submenu=True,
        choices=(
            Choice("30", "&30 pictures a second", "Smooth, with most of the time for training."),
            Choice("60", "&60 pictures a second", "Smoothest; training gets less time."),
            Choice("turbo", "&Turbo", "Five pictures a second; nearly all time for training."),
        ),
        section=True,
    ),
)
