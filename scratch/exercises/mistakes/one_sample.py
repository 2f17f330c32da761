"""Known mistakes with training one sample at a time."""

import numpy as np

from scratch.exercises.definitions import sigmoid


def one_sample(
    *,
    shrink=lambda eta, alpha, n: max(0, 1 - eta * alpha),
    bias=1.0,
    sign=1.0,
    bias_shrink=lambda eta, alpha: 1.0,
    after=False,
    order=lambda n: range(n),
    target=lambda t: t,
    link=lambda z: float(sigmoid([z])[0]),
    in_score=1.0,
):
    """Training one sample at a time with one thing changed."""

    def mistaken(X, y, alpha, eta, n_epochs):
        n = len(X)
        w, b = np.zeros(X.shape[1]), 0.0
        for _ in range(n_epochs):
            for i in order(n):
                residual = sign * (link(float(w @ X[i]) + in_score * b) - target(y[i]))
                factor = shrink(eta, alpha, n)
                move = eta * residual * X[i]
                w = factor * (w - move) if after else factor * w - move
                b = bias_shrink(eta, alpha) * b - bias * eta * residual
        return w, b

    return mistaken


def _epochs(change):
    plain = one_sample()
    return lambda X, y, alpha, eta, n_epochs: plain(X, y, alpha, eta, change(n_epochs))


def _eta(change):
    plain = one_sample()
    return lambda X, y, alpha, eta, n_epochs: plain(X, y, alpha, change(eta, len(X)), n_epochs)


def _whole_batch(mean):
    def mistaken(X, y, alpha, eta, n_epochs):
        w, b = np.zeros(X.shape[1]), 0.0
        for _ in range(n_epochs):
            residual = (sigmoid(X @ w + b) - y) / (len(X) if mean else 1)
            w = max(0, 1 - eta * alpha) * w - eta * residual @ X
            b = b - eta * residual.sum()
        return w, float(b)

    return mistaken


def _bias_from_new_w(X, y, alpha, eta, n_epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(n_epochs):
        for x, target in zip(X, y, strict=True):
            w = max(0, 1 - eta * alpha) * w - eta * (float(sigmoid([w @ x + b])[0]) - target) * x
            b -= eta * (float(sigmoid([w @ x + b])[0]) - target)
    return w, b


ONE_SAMPLE = {
    "The loss grows: w - η times the slope, and the residual is probability - target.": one_sample(
        sign=-1.0
    ),
    "A step for the whole batch: here each sample takes its own, before the next is looked at.": (
        _whole_batch(mean=True)
    ),
    "One step for all samples together: each takes its own, before the next is looked at.": (
        _whole_batch(mean=False)
    ),
    "The step is divided by the number of samples: one sample at a time has no 1/n.": _eta(
        lambda eta, n: eta / n
    ),
    "This is where the first epoch ends. Go through the samples n_epochs times, and make the zero "
    "weights before the loop, once.": _epochs(lambda n: 1),
    "One epoch too many.": _epochs(lambda n: n + 1),
    "One epoch too few.": _epochs(lambda n: n - 1),
    "The samples come in reverse: take them in the given order.": one_sample(
        order=lambda n: range(n - 1, -1, -1)
    ),
    "b stays 0: it moves by -η times the residual, like the weight of a feature that is 1.": (
        one_sample(bias=0.0)
    ),
    "b moves the wrong way.": one_sample(bias=-1.0),
    "The score is w·x + b: where is b?": one_sample(in_score=0.0),
    "The score itself is taken for the probability: σ(w·x + b) is.": one_sample(link=lambda z: z),
    "The answer (z >= 0) is taken for the probability, as the perceptron does: σ(z) is.": (
        one_sample(link=lambda z: float(z >= 0))
    ),
    "The answer (z > 0) is taken for the probability, as the perceptron does: σ(z) is.": one_sample(
        link=lambda z: float(z > 0)
    ),
    "The targets are taken as -1 and 1: in σ(z) - y they are 0 and 1.": one_sample(
        target=lambda t: 2 * t - 1
    ),
    "b's step uses the new w: compute the residual once, before anything changes.": (
        _bias_from_new_w
    ),
    "The penalty is missing: each step multiplies w by 1 - ηα.": one_sample(
        shrink=lambda eta, alpha, n: 1.0
    ),
    "The step grows the weights: is the penalty's sign +?": one_sample(
        shrink=lambda eta, alpha, n: 1 + eta * alpha
    ),
    "The penalty is twice too strong: the factor is 1 - ηα.": one_sample(
        shrink=lambda eta, alpha, n: max(0, 1 - 2 * eta * alpha)
    ),
    "The penalty is half of what it should be: the factor is 1 - ηα.": one_sample(
        shrink=lambda eta, alpha, n: max(0, 1 - eta * alpha / 2)
    ),
    "The penalty is divided by n: every step shrinks w by 1 - ηα.": one_sample(
        shrink=lambda eta, alpha, n: max(0, 1 - eta * alpha / n)
    ),
    "The penalty is not multiplied by η: the factor is 1 - ηα.": one_sample(
        shrink=lambda eta, alpha, n: max(0, 1 - alpha)
    ),
    "w is shrunk after its step: shrink the old w, then move.": one_sample(after=True),
    "The intercept is shrunk too: the penalty is on w alone.": one_sample(
        bias_shrink=lambda eta, alpha: max(0, 1 - eta * alpha)
    ),
    "1 - ηα has become negative and turns w round: the factor is max(0, 1 - ηα).": one_sample(
        shrink=lambda eta, alpha, n: 1 - eta * alpha
    ),
    "|1 - ηα| is not max(0, 1 - ηα).": one_sample(
        shrink=lambda eta, alpha, n: abs(1 - eta * alpha)
    ),
    "Twice the step: the slope is (σ(z) - y) x, without a factor 2.": one_sample(sign=2.0),
    "Half the step: the slope is (σ(z) - y) x, without a factor 1/2.": one_sample(sign=0.5),
    "η does not take part.": _eta(lambda eta, n: 1.0),
}
