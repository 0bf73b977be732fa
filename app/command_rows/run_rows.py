"""Commands of the Run menu."""

from __future__ import annotations

from app.command import Command

RUN_ROWS = (
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
