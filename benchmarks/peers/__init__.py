"""Other people's ways to train the same classifiers, each as its own users would write it.

Every file has functions ``prepare(problem, *, batch_size, eta0, epochs, …)``. They do the work that
a user does once (hand the arrays over, compile), and return a function of the seed that trains, and
returns weights (n_outputs, n_features) and intercepts (n_outputs,). Two classes have one output,
more classes one each. Nobody adds a penalty.

All but the textbook and mlxtend, which have neither, take momentum and a step that falls linearly
to 0 over the run. ``falling=False, shuffle=False`` is for the check that all make the same steps.
"""

MOMENTUM = 0.9


def step_sizes(eta0, n_steps, falling):
    """The step of each update: `eta0`, or falling from it to 0 in a line."""
    return [eta0 * (1 - t / n_steps) if falling else eta0 for t in range(n_steps)]


def n_outputs(problem):
    """One score for two classes, else one for each."""
    return 1 if problem.n_classes == 2 else problem.n_classes


def targets(problem, dtype="float32"):
    """The target of each output, (n_samples, n_outputs): one-hot, or for two classes the class."""
    import numpy as np

    if problem.n_classes == 2:
        return problem.y.astype(dtype)[:, None]
    return np.eye(problem.n_classes, dtype=dtype)[problem.y]
