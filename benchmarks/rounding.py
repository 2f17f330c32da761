"""How far apart two correct programs end: the same sums, added in two orders.

``python -m benchmarks.rounding docs/rounding.png`` trains "5 or not 5" on MNIST (on the small
digits where MNIST is not on this machine) twice with stochastic gradient descent, one sample per
update, same order of samples. The two runs differ in one thing: one adds the products of w·x from
the first feature to the last, the other from the last to the first. The picture shows how far apart
their weights are, update by update, at scikit-learn's default steps and at a small constant one.
"""

import sys
from math import exp

import numpy as np

from scratch.datasets import DataUnavailableError, load_digits, load_mnist
from scratch.solvers.schedules import schedule
from scratch.solvers.sequential.order import shuffled_order

ALPHA = 1e-4
SCHEDULES = {
    "scikit-learn's default steps: 10, then falling": ("optimal", 0.0),
    "constant steps of 0.01": ("constant", 0.01),
}


def distances(X, y, eta, n_epochs):
    """Relative distance of the weights of both runs after each update.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    y : ndarray of shape (n_samples,), 0 or 1
    eta : callable
        t ↦ step size.
    n_epochs : int

    Returns
    -------
    ndarray of shape (n_epochs * n_samples,)
        ‖w − w′‖ / ‖w‖.
    """
    shuffle, order = shuffled_order(len(X), seed=42), np.arange(len(X))
    w = np.zeros((2, X.shape[1]))  # one run per row
    b = [0.0, 0.0]
    apart = []
    for _ in range(n_epochs):
        order = order[shuffle]
        for i in order:
            x, target, step = X[i], y[i], eta(len(apart) + 1)
            products = w * x  # (2, n_features)
            dots = products[0].cumsum()[-1], products[1, ::-1].cumsum()[-1]
            w *= 1 - step * ALPHA
            for run, dot in enumerate(dots):
                g = 1 / (1 + exp(-dot - b[run])) - target if dot + b[run] > -700 else -target
                w[run] -= step * g * x
                b[run] -= step * g
            difference = w[0] - w[1]
            apart.append(np.sqrt(difference @ difference / (w[0] @ w[0])))
    return np.array(apart)


def draw(curves, path):
    """Draw the curves, {label: distances}, and save the picture."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(7.5, 4), layout="constrained")
    for (label, apart), color in zip(curves.items(), ("#c0392b", "#2471a3"), strict=True):
        t = np.arange(1, len(apart) + 1)
        # about 60 windows a decade: the largest distance in each
        edges = np.unique(np.logspace(0, np.log10(len(apart)), 60 * 5).astype(int)) - 1
        axes.loglog(t[edges], np.maximum.reduceat(apart, edges), label=label, color=color)
    axes.axhline(np.finfo(float).eps, color="grey", linewidth=0.8, linestyle=":")
    axes.text(1.1, 3e-16, "one rounding of a float64", color="grey", fontsize=9, va="bottom")
    axes.set(
        xlabel="update",
        ylabel="relative distance of the weights",
        title="Same program, same data, same order; w·x summed forwards or backwards",
        ylim=(3e-17, 10),
    )
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=110)
    plt.close(figure)


def main(path="rounding.png"):
    """Train, draw, and print the distances at the end."""
    try:
        X, labels = load_mnist()
        X, labels, n_epochs = X[:60000] / 255, labels[:60000], 1
    except DataUnavailableError:
        X, labels = load_digits()
        X, n_epochs = X / 16, 30
    y = (labels == "5").astype(float)
    curves = {}
    for label, (name, eta0) in SCHEDULES.items():
        eta = schedule(name, alpha=ALPHA, eta0=eta0, power_t=0.5).step_size
        curves[label] = distances(X, y, eta, n_epochs)
        apart = curves[label]
        print(f"{label}: {apart[999]:.1e} after 1000 updates, {apart[-1]:.1e} after {len(apart)}")
    draw(curves, path)


if __name__ == "__main__":
    main(*sys.argv[1:])
