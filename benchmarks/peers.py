"""Other libraries' softmax regression by mini-batches, where they are installed.

Same batch size, same constant step, same number of epochs. PyTorch's loop is the usual one, but
without a DataLoader: that would take most of the time.
"""

import contextlib
import importlib.util
import io

import numpy as np

from scratch.linear_model import SoftmaxClassifier
from scratch.textbook import fit_softmax

BATCH_SIZE, ETA, MOMENTUM = 128, 0.05, 0.9


def installed(name):
    """Whether a library can be imported."""
    return importlib.util.find_spec(name) is not None


def ours(problem, epochs, *, momentum, alpha, shuffle=True):
    """A function of the seed: our fit at the peers' settings."""

    def run(seed):
        return SoftmaxClassifier(
            penalty="l2" if alpha else None,
            alpha=alpha,
            batch_size=BATCH_SIZE,
            momentum=momentum,
            learning_rate="constant",
            eta0=ETA,
            max_iter=epochs,
            tol=None,
            shuffle=shuffle,
            random_state=seed,
        ).fit(problem.X, problem.y)

    return run


def textbook_fit(problem, epochs):
    """A function of the seed: the textbook's plain loop, in float64, the dtype of its weights."""
    X = problem.X.astype(np.float64)
    how = {"eta": ETA, "alpha": problem.alpha, "batch_size": BATCH_SIZE, "n_epochs": epochs}

    def run(seed):
        rng = np.random.default_rng(seed)
        return fit_softmax(X, problem.y, problem.n_classes, **how, rng=rng)

    return run


def torch_loop(problem, epochs, *, alpha, shuffle=True):
    """A function of the seed: the same by PyTorch; gives weights and intercepts."""
    import torch
    from torch.nn.functional import cross_entropy

    torch.set_num_threads(1)
    X, y = torch.from_numpy(problem.X), torch.from_numpy(problem.y)

    def run(seed):
        torch.manual_seed(seed)
        model = torch.nn.Linear(X.shape[1], problem.n_classes)
        torch.nn.init.zeros_(model.weight)
        torch.nn.init.zeros_(model.bias)
        groups = [{"params": [model.weight], "weight_decay": alpha}, {"params": [model.bias]}]
        optimizer = torch.optim.SGD(groups, lr=ETA, momentum=MOMENTUM)
        for _ in range(epochs):
            order = torch.randperm(len(X)) if shuffle else torch.arange(len(X))
            for batch in order.split(BATCH_SIZE):
                optimizer.zero_grad()
                cross_entropy(model(X[batch]), y[batch]).backward()
                optimizer.step()
        return model.weight.detach().numpy(), model.bias.detach().numpy()

    return run


def mlxtend_fit(problem, epochs):
    """A function of the seed: mlxtend's `SoftmaxRegression`, which has no momentum."""
    from mlxtend.classifier import SoftmaxRegression

    n_batches = -(-len(problem.X) // BATCH_SIZE)

    def run(seed):
        model = SoftmaxRegression(
            eta=ETA, epochs=epochs, l2=0.0, minibatches=n_batches, random_seed=seed
        )
        with contextlib.redirect_stderr(io.StringIO()):  # its progress
            model.fit(problem.X, problem.y)
        return np.float64(model.w_.T), np.float64(model.b_)

    return run
