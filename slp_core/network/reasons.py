"""The words of the pair card: error signals and the one sentence of why, for all combinations."""

from __future__ import annotations

from types import MappingProxyType

_SLOPE = MappingProxyType(
    {
        "identity": "",
        "sigmoid": "·a·(1 − a)",
        "tanh": "·(1 − a²)",
        "relu": "·[v ≥ 0]",
        "leaky_relu": "·(1 for v ≥ 0, else 0.01)",
        "softplus": "·σ(v)",
        "softsign": "/(1 + |v|)²",
        "probit": "·φ(v)",
        "step": "·0",
    }
)
_SLOPE_LATEX = MappingProxyType(
    {
        "identity": "",
        "sigmoid": r"\,a(1-a)",
        "tanh": r"\,(1-a^2)",
        "relu": r"\,[v \ge 0]",
        "leaky_relu": r"\,(1 \text{ for } v \ge 0 \text{ else } 0.01)",
        "softplus": r"\,\sigma(v)",
        "softsign": r"\,/(1+|v|)^2",
        "probit": r"\,\varphi(v)",
        "step": r"\cdot 0",
    }
)
_MISS = MappingProxyType(
    {
        "quadratic": "(a − y)",
        "cross_entropy": "(a − y)/(a·(1 − a))",
        "hinge": "−y·[y·a < 1]",
        "squared_hinge": "−2·y·max(0, 1 − y·a)",
        "absolute": "sign(a − y)",
        "huber": "min(1, max(−1, a − y))",
    }
)
_MISS_LATEX = MappingProxyType(
    {
        "quadratic": "(a - y)",
        "cross_entropy": r"\frac{a - y}{a(1-a)}",
        "hinge": r"-y\,[y a < 1]",
        "squared_hinge": r"-2y \max(0, 1 - y a)",
        "absolute": r"\operatorname{sign}(a - y)",
        "huber": r"\min(1, \max(-1, a - y))",
    }
)
_SPECIAL = MappingProxyType(
    {
        ("sigmoid", "cross_entropy"): ("a − y", "a - y"),
        ("softmax", "cross_entropy"): ("a − y", "a - y"),
        ("identity", "quadratic"): ("a − y", "a - y"),
        ("probit", "cross_entropy"): (
            "(1 − y)·φ(v)/Φ(−v) − y·φ(v)/Φ(v)",
            r"(1-y)\frac{\varphi(v)}{\Phi(-v)} - y\frac{\varphi(v)}{\Phi(v)}",
        ),
    }
)


def error_signal(activation: str, loss: str) -> str:
    """dL/dv of one sample, in Unicode."""
    if (activation, loss) in _SPECIAL:
        return _SPECIAL[activation, loss][0]
    if loss == "perceptron":
        return "−y·[y·v ≤ 0]"
    if activation == "softmax":
        return f"aᵢ·(gᵢ − Σⱼ aⱼ·gⱼ),  g = {_MISS[loss]}"
    return _MISS[loss] + _SLOPE[activation]


def error_signal_latex(activation: str, loss: str) -> str:
    """dL/dv of one sample, for LaTeX."""
    if (activation, loss) in _SPECIAL:
        return _SPECIAL[activation, loss][1]
    if loss == "perceptron":
        return r"-y\,[y v \le 0]"
    if activation == "softmax":
        return rf"a_i \left(g_i - \sum_j a_j g_j\right), \quad g = {_MISS_LATEX[loss]}"
    return _MISS_LATEX[loss] + _SLOPE_LATEX[activation]


_WRITTEN = MappingProxyType(
    {
        ("sigmoid", "cross_entropy"): (
            "The slope of the loss, (a − y)/(a·(1 − a)), cancels the sigmoid's a·(1 − a) and"
            " leaves a − y: the more wrong, the faster it learns."
        ),
        ("softmax", "cross_entropy"): (
            "Softmax and −Σ y·ln a cancel to a − y for every class: the more wrong, the faster"
            " it learns."
        ),
        ("identity", "quadratic"): (
            "The output is the score, so the error signal is the plain miss a − y: least"
            " squares, with one bowl and one bottom."
        ),
        ("step", "perceptron"): (
            "Rosenblatt's rule: the loss looks at the score, so the step's slope of 0 does no"
            " harm; each mistake sends −y and each hit 0."
        ),
        ("probit", "cross_entropy"): (
            "The ratio φ(v)/Φ(v) grows like |v| at the wrong extreme, so a sure and wrong output"
            " learns fastest; the signal is not a − y, but it never vanishes."
        ),
        ("identity", "hinge"): (
            "The linear support vector machine: −y until the sample is beyond its margin y·v ="
            " 1, nothing after it."
        ),
        ("identity", "squared_hinge"): (
            "The squared-hinge SVM: −2·y·(1 − y·v) inside the margin, growing with the miss and"
            " fading to 0 at y·v = 1."
        ),
        ("identity", "absolute"): (
            "Every miss pulls with the same force ±1 however large it is: median regression,"
            " robust, but the signal does not shrink near the target."
        ),
        ("identity", "huber"): (
            "The miss a − y, held within ±1: least squares close to the target, robust far from it."
        ),
        ("leaky_relu", "quadratic"): (
            "The miss (a − y) is passed on whole for v ≥ 0 and at a hundredth below, so it never"
            " vanishes; there is a bend at v = 0."
        ),
        ("leaky_relu", "absolute"): (
            "A force of 1 for v ≥ 0 and of 0.01 below: slow on the left, but sign(a − y) never"
            " vanishes."
        ),
        ("leaky_relu", "huber"): (
            "The held miss is passed on whole for v ≥ 0 and at a hundredth below: slow on the"
            " left, never dead."
        ),
        ("leaky_relu", "hinge"): (
            "−y inside the margin, at a hundredth for v < 0, where y = −1 needs v = −100 to"
            " reach its margin."
        ),
        ("leaky_relu", "squared_hinge"): (
            "−2·y·(1 − y·a) inside the margin, at a hundredth for v < 0: slow on the left, but"
            " it grows with the miss."
        ),
        ("identity", "cross_entropy"): (
            "A score can be any number, and ln of a negative number does not exist: put a"
            " sigmoid in between."
        ),
        ("tanh", "cross_entropy"): (
            "Tanh outputs lie in (−1, 1), and ln of a negative number does not exist: the"
            " sigmoid is tanh moved to (0, 1)."
        ),
        ("softsign", "cross_entropy"): (
            "Softsign outputs lie in (−1, 1), and ln of a negative number does not exist:"
            " cross-entropy needs probabilities."
        ),
        ("relu", "cross_entropy"): (
            "A ReLU gives exactly 0 for every negative score, where ln a is −∞, and above 1 ln(1"
            " − a) is the ln of a negative number."
        ),
        ("leaky_relu", "cross_entropy"): (
            "Below v = 0 the output is negative and ln a does not exist, above v = 1 ln(1 − a)"
            " does not."
        ),
        ("softplus", "cross_entropy"): (
            "Softplus outputs pass 1 at v = 0.54, and from there ln(1 − a) is the ln of a"
            " negative number."
        ),
        ("step", "cross_entropy"): (
            "The slope of the step is 0, so no gradient comes through, and one wrong output"
            " costs −ln 0 = ∞."
        ),
        ("step", "quadratic"): (
            "(a − y)·f′(v) with f′(v) = 0: the step is flat on both sides, and the squared miss"
            " never reaches the weights."
        ),
        ("step", "hinge"): (
            "The hinge asks for a margin, but the step's slope is 0: −y·0 moves no weight (the"
            " perceptron loss looks at the score instead)."
        ),
        ("step", "squared_hinge"): (
            "−2·y·max(0, 1 − y·a) is multiplied by the step's slope 0, so every start stays"
            " where it is."
        ),
        ("step", "absolute"): (
            "sign(a − y) is multiplied by the step's slope 0: the number of mistakes is counted,"
            " but no direction to fewer of them is seen."
        ),
        ("step", "huber"): (
            "The held miss is multiplied by the step's slope 0: the loss changes only in jumps,"
            " which a gradient cannot see."
        ),
    }
)
_PERCEPTRON = MappingProxyType(
    {
        "identity": "the output is the score itself, which is how the rule is written in textbooks",
        "sigmoid": "the sigmoid only paints the output and plays no part in learning",
        "tanh": "tanh only bends the output into (−1, 1) and plays no part in learning",
        "softmax": (
            "each class learns against the rest by itself, and softmax only paints the outputs"
        ),
        "relu": "the dead half of the ReLU does no harm, as it plays no part in learning",
        "leaky_relu": "the leak plays no part in learning",
        "softplus": "softplus only paints the output and plays no part in learning",
        "softsign": "softsign only bends the output into (−1, 1) and plays no part in learning",
        "probit": "the normal curve only paints the output and plays no part in learning",
    }
)
_FLAT = MappingProxyType(
    {
        "sigmoid": "a·(1 − a) is 0 for a sure output, right or wrong",
        "tanh": "1 − a² is 0 for a sure output, right or wrong",
        "softmax": "one sure output makes every aᵢ·(δᵢⱼ − aⱼ) 0, right or wrong",
        "relu": "a sample lost at v < 0, where the slope is 0, is stuck",
        "softplus": "σ(v) → 0 for v → −∞, and a sample lost there stays lost",
        "softsign": "the slope fades like 1/v², more gently than tanh's",
        "probit": "φ(v) falls like e^(−v²/2), to 6·10⁻⁹ at v = 6",
    }
)
_BESIDES = MappingProxyType(
    {
        "quadratic": "",
        "absolute": "; the pull ±1 is lost in it",
        "huber": "; holding the miss does not help",
        "hinge": "; the pull −y is lost in it",
        "squared_hinge": "; the pull 2·(1 − y·a) is lost in it",
    }
)
_NEVER_NEGATIVE = frozenset({"sigmoid", "softmax", "relu", "softplus", "probit"})
_OUT_OF_REACH = MappingProxyType(
    {
        "hinge": "; and y = −1 costs 1 + a ≥ 1",
        "squared_hinge": "; and y = −1 costs (1 + a)² ≥ 1",
    }
)


def reason(activation: str, loss: str) -> str:
    """One sentence of why the pair has its status."""
    if (activation, loss) in _WRITTEN:
        return _WRITTEN[activation, loss]
    if loss == "perceptron":
        return f"The loss looks at the score, −y·[y·v ≤ 0]: {_PERCEPTRON[activation]}."
    signal = error_signal(activation, loss).split(",  g")[0]
    unreachable = activation in _NEVER_NEGATIVE and loss in _OUT_OF_REACH
    why = _FLAT[activation] + (_OUT_OF_REACH if unreachable else _BESIDES)[loss]
    return f"{signal} vanishes at the wrong extreme: {why}."
