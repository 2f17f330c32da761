"""The contenders that race to a test accuracy, and their grids of settings: correct yours here.

A contender is a class with ``fit``, or a function of `benchmarks.peers`, by its address; and a
grid, one list of values for each parameter (several grids: a list). ``tol=None`` and the like turn
a stopping rule off, so that the number of epochs or iterations, which is in the grid, is the rule.
How one setting is chosen, everybody's in the same way: see `benchmarks.choice`.
"""

from dataclasses import dataclass, field

# Test accuracies to reach; those of five or not five after the others. With --quick MNIST is cut.
TARGETS = {
    "MNIST": ((0.916, 0.9235, 0.926), (0.976,)),
    "MNIST, first 6,000": ((0.87,), (0.965,)),
    "digits": ((0.93, 0.95), (0.98,)),
    "synthetic": ((0.86, 0.88), (0.95,)),
}
_TORCH, _SKLEARN = "benchmarks.peers.torch_loops", "sklearn.linear_model"


@dataclass(frozen=True)
class Contender:
    """An entrant of the race; `needs` is the package to install."""

    name: str
    address: str  # module:class or module:function
    grid: dict | list = field(default_factory=dict)
    needs: str | None = None


def ten_classes(dataset):
    """The contenders on all classes."""
    epochs = _epochs(dataset)
    batches = [64, 128, 256, 512]
    momentum = {"batch_size": batches, "eta0": [0.1, 0.2, 0.4], "epochs": epochs}
    autograd = {**momentum, "batch_size": [128, 256], "eta0": [0.2, 0.4]}
    plain = {"batch_size": [32, 64], "eta0": [0.1, 0.2, 0.5], "epochs": epochs}
    iterations = [7, 10, 14, 20, 28, 40, 60]
    return (
        Contender(
            "scratch SoftmaxClassifier",
            "scratch.linear_model:SoftmaxClassifier",
            {"batch_size": batches, "max_iter": epochs, "tol": [None]},
        ),
        Contender("PyTorch by hand", f"{_TORCH}:prepare_by_hand", momentum, "torch"),
        Contender("PyTorch autograd, fused SGD", f"{_TORCH}:prepare_autograd", autograd, "torch"),
        Contender("JAX, epoch jitted", "benchmarks.peers.jax_loop:prepare", momentum, "jax"),
        *_numpy(momentum),
        Contender("the textbook's loop", "benchmarks.peers.numpy_loop:prepare_textbook", plain),
        Contender(
            "mlxtend SoftmaxRegression",
            "benchmarks.peers.mlxtend_fit:prepare",
            {"batch_size": [64, 128], "eta0": [0.2, 0.5], "epochs": epochs[:5:2]},
            "mlxtend",
        ),
        _mlp(epochs),
        *(
            Contender(
                f"scikit-learn LogisticRegression {solver}",
                f"{_SKLEARN}:LogisticRegression",
                {"solver": [solver], "C": C, "max_iter": lengths, "tol": [1e-12]},
            )
            for solver, C, lengths in (
                ("lbfgs", [0.1, 1.0], iterations),
                ("sag", [0.1], epochs[:5]),
                ("saga", [0.1], epochs[:5]),
            )
        ),
        _averaged(epochs[:2]),
    )


def five_or_not(dataset):
    """The contenders on "5 or not 5"."""
    epochs = _epochs(dataset)
    batches = [64, 128, 256, 512]
    momentum = {"batch_size": batches, "eta0": [0.1, 0.2, 0.5, 1.0], "epochs": epochs}
    autograd = {**momentum, "batch_size": [64, 128], "eta0": [0.2, 0.5]}
    plain = {"batch_size": [32, 64], "eta0": [0.1, 0.2, 0.5], "epochs": epochs}
    return (
        Contender(
            "scratch LogisticClassifier",
            "scratch.linear_model:LogisticClassifier",
            {"batch_size": batches, "max_iter": epochs, "tol": [None]},
        ),
        Contender("PyTorch by hand", f"{_TORCH}:prepare_by_hand", momentum, "torch"),
        Contender("PyTorch autograd, fused SGD", f"{_TORCH}:prepare_autograd", autograd, "torch"),
        Contender("JAX, epoch jitted", "benchmarks.peers.jax_loop:prepare", momentum, "jax"),
        *_numpy(momentum),
        Contender("the textbook's loop", "benchmarks.peers.numpy_loop:prepare_textbook", plain),
        _mlp(epochs),
        Contender(
            "scikit-learn LogisticRegression lbfgs",
            f"{_SKLEARN}:LogisticRegression",
            {"C": [0.01, 0.1, 1.0], "max_iter": [7, 10, 14, 20, 28, 40], "tol": [1e-12]},
        ),
        _averaged(epochs[:2]),
    )


def defaults(dataset):
    """All contenders at the defaults, on all classes."""
    newton = Contender(
        "scikit-learn LogisticRegression newton-cholesky",
        f"{_SKLEARN}:LogisticRegression",
        {"solver": ["newton-cholesky"]},
    )
    return (
        Contender("scratch SoftmaxClassifier", "scratch.linear_model:SoftmaxClassifier"),
        Contender("scikit-learn LogisticRegression lbfgs", f"{_SKLEARN}:LogisticRegression"),
        # On MNIST its matrix of second derivatives has 7,850² numbers: it takes many minutes.
        *([] if dataset.startswith("MNIST") else [newton]),
        Contender(
            "scikit-learn SGDClassifier", f"{_SKLEARN}:SGDClassifier", {"loss": ["log_loss"]}
        ),
        Contender(
            "scikit-learn SGDClassifier, averaged",
            f"{_SKLEARN}:SGDClassifier",
            {"loss": ["log_loss"], "average": [True]},
        ),
        Contender(
            "scikit-learn MLPClassifier(())",
            "sklearn.neural_network:MLPClassifier",
            {"hidden_layer_sizes": [()]},
        ),
    )


def _epochs(dataset):
    return [1, 2, 3, 4, 5, 6, 8] if dataset.startswith("MNIST") else [2, 5, 10, 20, 40]


def _numpy(momentum):
    """The loop of an expert, with a mean over the last half or none; and the naive one."""
    expert = {**momentum, "tail": [0.0, 0.5]}
    return (
        Contender("plain NumPy loop", "benchmarks.peers.numpy_loop:prepare", expert),
        Contender("naive NumPy loop", "benchmarks.peers.numpy_loop:prepare_naive", momentum),
    )


def _mlp(epochs):
    """No hidden layer: softmax regression. Its two solvers need steps of their own."""
    free = {"hidden_layer_sizes": [()], "max_iter": epochs, "tol": [0.0], "n_iter_no_change": [999]}
    batches = {"batch_size": [128, 256, 512]}
    sgd = {"solver": ["sgd"], "learning_rate_init": [0.2, 0.4]}
    adam = {"solver": ["adam"], "learning_rate_init": [0.01, 0.02]}
    return Contender(
        "scikit-learn MLPClassifier(())",
        "sklearn.neural_network:MLPClassifier",
        [{**free, **batches, **sgd}, {**free, **batches, **adam}],
    )


def _averaged(epochs):
    """One sample at a time at a constant step; the answer is the mean of the weights."""
    return Contender(
        "scikit-learn SGDClassifier, averaged",
        f"{_SKLEARN}:SGDClassifier",
        {
            "loss": ["log_loss"],
            "average": [30_000],
            "learning_rate": ["constant"],
            "eta0": [0.01, 0.03, 0.1],
            "max_iter": epochs,
            "tol": [None],
        },
    )


def text():
    """Who races on sparse text: pairs of the same name, the defaults and a small grid."""
    regression, mlp = f"{_SKLEARN}:LogisticRegression", "sklearn.neural_network:MLPClassifier"
    network, log_loss = {"hidden_layer_sizes": [()]}, {"loss": ["log_loss"]}
    batches = {"batch_size": [128, 1024], "max_iter": [10, 20], "tol": [None]}
    weak = {"alpha": [1e-6, 1e-5]}  # alpha = 1e-4, everybody's default, is too strong for text
    one_by_one = {**log_loss, "alpha": [1e-6, 1e-5, 1e-4], "average": [False, True]}
    C = {"C": [1.0, 10.0, 100.0]}
    adam = {"learning_rate_init": [1e-3, 1e-2], "max_iter": [10, 20], "n_iter_no_change": [999]}
    given = {
        "scratch SoftmaxClassifier": ("scratch.linear_model:SoftmaxClassifier", {}, batches | weak),
        "scratch LogisticClassifier": (
            "scratch.linear_model:LogisticClassifier", {}, batches | weak,
        ),
        "scikit-learn LogisticRegression lbfgs": (regression, {}, C),
        "scikit-learn LogisticRegression saga": (regression, {"solver": ["saga"]}, C),
        "scikit-learn SGDClassifier": (f"{_SKLEARN}:SGDClassifier", log_loss, one_by_one),
        "scratch SGDClassifier": ("scratch.linear_model:SGDClassifier", log_loss, one_by_one),
        "scikit-learn MLPClassifier(())": (mlp, network, adam),
    }  # fmt: skip
    return tuple(
        (Contender(name, address, needed), Contender(name, address, {**needed, **grid}))
        for name, (address, needed, grid) in given.items()
    )
