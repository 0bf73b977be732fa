"""Every command of the window, declared once.

Menus, toolbar, shortcuts, the sheet of shortcuts and the tests read these rows. What a command
does is the window's business: it connects to the action of the same key.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.command import MENUS, Choice, Command, Menu, Toolbar

__all__ = ["COMMANDS", "MENUS", "Choice", "Command", "Menu", "Toolbar"]

_FILE = (
    Command(
        key="file.open",
        text="&Open CSV…",
        short="Open",
        summary="Open a CSV file; dropping one anywhere on the window does the same.",
        menu="file",
        icon="open",
        shortcuts=("Ctrl+O",),
        toolbar="file",
        toolbar_text=True,
    ),
    Command(
        key="file.samples",
        text="&Samples",
        short="Samples",
        summary="Open one of the built-in data sets.",
        menu="file",
        icon="samples",
        submenu=True,
        toolbar="file",
        toolbar_text=True,
    ),
    Command(
        key="file.recent",
        text="Open &recent",
        summary="Open a file used before.",
        menu="file",
        icon="recent",
        submenu=True,
    ),
    Command(
        key="file.problems",
        text="&Problems in the file…",
        summary="List every cell and line the reader could not use, with its line number.",
        menu="file",
        icon="problems",
        shortcuts=("Ctrl+Shift+P",),
    ),
    Command(
        key="file.export_weights",
        text="&Export weights…",
        short="Export",
        summary="Save the weights as JSON, NPZ, CSV or a stand-alone NumPy function.",
        menu="file",
        icon="export",
        shortcuts=("Ctrl+E",),
        toolbar="out",
        toolbar_text=True,
        section=True,
    ),
    Command(
        key="file.load_weights",
        text="&Load weights…",
        summary="Continue from weights saved before, if they fit the data.",
        menu="file",
        icon="import",
        shortcuts=("Ctrl+Shift+O",),
    ),
    Command(
        key="file.quit",
        text="&Quit",
        summary="Close the window; a running training stops.",
        menu="file",
        icon="quit",
        shortcuts=("Ctrl+Q",),
        section=True,
    ),
)
_RUN = (
    Command(
        key="run.play",
        text="&Play",
        short="Play",
        summary="Start or pause the training.",
        menu="run",
        icon="play",
        shortcuts=("Space", "P"),
        toolbar="run",
        toolbar_text=True,
        active_text="&Pause",
        active_icon="pause",
    ),
    Command(
        key="run.step_update",
        text="Step one &update",
        summary="Change the weights once, then pause.",
        menu="run",
        icon="step",
        shortcuts=("Right", "."),
        toolbar="run",
    ),
    Command(
        key="run.step_epoch",
        text="Step one &epoch",
        summary="Go once through the training data, then pause.",
        menu="run",
        icon="step-epoch",
        shortcuts=("Shift+Right", "E"),
        toolbar="run",
    ),
    Command(
        key="run.restart_same",
        text="&Restart from the same weights",
        summary="Go back to the weights this run started from.",
        menu="run",
        icon="restart",
        shortcuts=("Ctrl+R",),
        toolbar="run",
        section=True,
    ),
    Command(
        key="run.restart_new",
        text="Restart from &new weights",
        summary="Draw new weights with the next seed and start there.",
        menu="run",
        icon="new-start",
        shortcuts=("Ctrl+Shift+R",),
        toolbar="run",
    ),
    Command(
        key="run.faster",
        text="&Faster",
        summary="Make more updates per second.",
        menu="run",
        icon="faster",
        shortcuts=("]", "Ctrl+Up"),
        section=True,
    ),
    Command(
        key="run.slower",
        text="&Slower",
        summary="Make fewer updates per second.",
        menu="run",
        icon="slower",
        shortcuts=("[", "Ctrl+Down"),
    ),
)
_VIEW = (
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
        summary="Draw loss and gradient norm on a logarithmic scale.",
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
        key="view.activation",
        text="Acti&vation plot",
        summary="Show the activation, its slope and the samples' scores.",
        menu="view",
        shortcuts=("Alt+1",),
        section=True,
    ),
    Command(
        key="view.accuracy",
        text="Acc&uracy plot",
        summary="Show how the accuracy (R² for a numeric target) went.",
        menu="view",
        shortcuts=("Alt+2",),
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
_HELP = (
    Command(
        key="help.shortcuts",
        text="&Keyboard shortcuts",
        summary="Show every command with its keys.",
        menu="help",
        icon="keyboard",
        shortcuts=("F1", "?"),
    ),
    Command(
        key="help.about",
        text="&About Perceptron Lab",
        summary="Show the version, the licence and what this program stands on.",
        menu="help",
        icon="info",
    ),
)

COMMANDS: Mapping[str, Command] = MappingProxyType(
    {row.key: row for row in (*_FILE, *_RUN, *_VIEW, *_HELP)}
)
