"""The runs that must repeat, bit for bit here and to nine digits everywhere."""

from __future__ import annotations

from slp_core.data.dataset import Dataset
from slp_core.training.config import TrainingConfig
from tests.slp_core.training.examples import blobs, line

HELD_OUT = blobs(60, 3, 3, validation=0.25)
CONFIGS: dict[str, tuple[Dataset, TrainingConfig]] = {
    "full": (blobs(), TrainingConfig(epochs=40)),
    "mini": (blobs(), TrainingConfig(epochs=9, batch_size=8)),
    "single": (blobs(40), TrainingConfig(epochs=3, batch_size=1)),
    "softmax": (HELD_OUT, TrainingConfig(epochs=9, batch_size=7, optimizer="adam", l2=0.01)),
    "patience": (HELD_OUT, TrainingConfig(epochs=30, batch_size=10, patience=4)),
    "momentum": (line(), TrainingConfig(epochs=30, optimizer="momentum", schedule="cosine")),
    "clipped": (line(), TrainingConfig(epochs=9, batch_size=9, clip_norm=0.1, l1=0.01)),
    "weighted": (
        blobs(50, 2, 3),
        TrainingConfig(epochs=9, batch_size=12, class_weights="balanced", schedule="step"),
    ),
    "no_bias": (line(), TrainingConfig(epochs=9, batch_size=20, bias=False, optimizer="nesterov")),
    "lbfgs": (HELD_OUT, TrainingConfig(optimizer="lbfgs", l2=0.01)),
    "newton": (HELD_OUT, TrainingConfig(optimizer="newton", l2=0.01)),
}
