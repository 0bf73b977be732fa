"""One-layer networks: read a table, choose a pair of activation and loss, train, use the weights.

    import slp_core as slp

    table = slp.read_csv("iris.csv")
    dataset = slp.Dataset.from_table(table, "species")
    result = slp.train(dataset, slp.TrainingConfig(epochs=200))
    result.model.save("weights.json")

Everything named here is public. Rows of X are samples; X (n, d), W (d, k), b (k,), V = X W + b the
score, Z = f(V) the output, Y (n, k) the targets as ``pair(activation, loss).targets`` says.
"""

from typing import TYPE_CHECKING, Any

from slp_core.data.dataset import Dataset
from slp_core.data.preprocessing import Preparation
from slp_core.data.reader import read_csv
from slp_core.data.samples import SAMPLES, load_sample, sample_table
from slp_core.data.scaling import SCALINGS
from slp_core.data.table import Table
from slp_core.errors import ConfigError, DataError, Diverged, FormulaError, SlpError
from slp_core.insight.diagnosis import Diagnosis, diagnose
from slp_core.insight.findings import RULES, Finding, Fix
from slp_core.insight.optimum import BestLoss, best_loss
from slp_core.insight.optimum_answers import Answers, exact_answers
from slp_core.insight.separability import Separability, separability
from slp_core.insight.verdict import Verdict
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.initializers import INITIALIZERS
from slp_core.network.losses import LOSSES
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from slp_core.network.presets import CLASSICS
from slp_core.result import Result, train
from slp_core.storage.formats import load_model
from slp_core.storage.model import Model
from slp_core.training.config import TrainingConfig
from slp_core.training.history import History
from slp_core.training.optimizers import OPTIMIZERS
from slp_core.training.schedules import SCHEDULES
from slp_core.training.snapshot import Snapshot
from slp_core.training.stopping import Stop
from slp_core.training.trainer import Trainer

if TYPE_CHECKING:
    from slp_core.insight.gradient.check import check_gradient
    from slp_core.insight.gradient.report import GradientReport

__all__ = [
    "ACTIVATIONS",
    "CLASSICS",
    "INITIALIZERS",
    "LOSSES",
    "OPTIMIZERS",
    "RULES",
    "SAMPLES",
    "SCALINGS",
    "SCHEDULES",
    "Answers",
    "BestLoss",
    "ConfigError",
    "DataError",
    "Dataset",
    "Diagnosis",
    "Diverged",
    "Finding",
    "Fix",
    "FormulaError",
    "GradientReport",
    "History",
    "Model",
    "Objective",
    "Pair",
    "Parameters",
    "Preparation",
    "Result",
    "Separability",
    "SlpError",
    "Snapshot",
    "Stop",
    "Table",
    "Trainer",
    "TrainingConfig",
    "Verdict",
    "best_loss",
    "check_gradient",
    "diagnose",
    "exact_answers",
    "load_model",
    "load_sample",
    "pair",
    "read_csv",
    "sample_table",
    "separability",
    "train",
]


def __getattr__(name: str) -> Any:
    """The gradient lab is loaded when it is first asked for: 25 modules, 50 ms of every start."""
    if name == "check_gradient":
        from slp_core.insight.gradient.check import check_gradient

        return check_gradient
    if name == "GradientReport":
        from slp_core.insight.gradient.report import GradientReport

        return GradientReport
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
