"""Known mistakes with the mini-batch step of SGD."""

import numpy as np

from scratch.exercises.definitions import softmax

SAME_ARRAY = (
    "-= works in place and hands back the caller's own array. new_W = W - ... makes a new one."
)


OTHER_ORDER = "The samples come in the order {order}: take them as they are given."


def residual(W, b, X, y):
    """Probability - target, (n, K)."""
    return softmax(X @ W.T + b) - np.eye(len(b))[y]


def step(
    *,
    loss=1.0,
    bias=1.0,
    penalty=lambda W, alpha, n: alpha * W,
    bias_penalty=lambda b, alpha: 0.0,
    scale=lambda n, K: 1 / n,
    bias_scale=None,
):
    """A step with one thing changed: the parts' factors, the penalty, or what divides the sum."""

    def mistaken(W, b, X, y, eta, alpha):
        n, K = len(X), len(b)
        R = residual(W, b, X, y)
        slope_W = loss * scale(n, K) * (R.T @ X) + penalty(W, alpha, n)
        slope_b = bias * (bias_scale or scale)(n, K) * R.sum(axis=0) + bias_penalty(b, alpha)
        return W - eta * slope_W, b - eta * slope_b

    return mistaken


def _rounding_free(W, b, X, y):
    return (residual(W, b, X, y).T @ X) / len(X), residual(W, b, X, y).mean(axis=0)


def _intercept_from_new_weights(W, b, X, y, eta, alpha):
    new_W = W - eta * (_rounding_free(W, b, X, y)[0] + alpha * W)
    return new_W, b - eta * _rounding_free(new_W, b, X, y)[1]


def _weights_from_new_intercept(W, b, X, y, eta, alpha):
    new_b = b - eta * _rounding_free(W, b, X, y)[1]
    return W - eta * (_rounding_free(W, new_b, X, y)[0] + alpha * W), new_b


def _without_intercept_in_scores(W, b, X, y, eta, alpha):
    slope_W, slope_b = _rounding_free(W, np.zeros_like(b), X, y)
    return W - eta * (slope_W + alpha * W), b - eta * slope_b


def _penalty_after(W, b, X, y, eta, alpha):
    new_W, new_b = step()(W, b, X, y, eta, 0.0)
    return (1 - eta * alpha) * new_W, new_b


def _penalty_before(W, b, X, y, eta, alpha):
    return step()((1 - eta * alpha) * W, b, X, y, eta, 0.0)


def _no_eta(W, b, X, y, eta, alpha):
    return step()(W, b, X, y, 1.0, alpha)


def _gradient(W, b, X, y, eta, alpha):
    new_W, new_b = step()(W, b, X, y, 1.0, alpha)
    return W - new_W, b - new_b


def _softmax_over_samples(W, b, X, y, eta, alpha):
    R = softmax((X @ W.T + b).T).T - np.eye(len(b))[y]
    return W - eta * (R.T @ X / len(X) + alpha * W), b - eta * R.mean(axis=0)


def _transposed_gradient(W, b, X, y, eta, alpha):
    slope_W, slope_b = _rounding_free(W, b, X, y)
    return W - eta * (slope_W.T + alpha * W), b - eta * slope_b


def _penalty_without_eta(W, b, X, y, eta, alpha):
    new_W, new_b = step()(W, b, X, y, eta, 0.0)
    return new_W - alpha * W, new_b


STEPS = {
    "The loss is left to grow: step against the gradient, W - η times it, not W + η.": step(
        loss=-1.0, bias=-1.0, penalty=lambda W, alpha, n: -alpha * W
    ),
    "The sign of the loss's part is the wrong way round: probability - target, taken off.": step(
        loss=-1.0, bias=-1.0
    ),
    "The sum over the {n} samples instead of the mean: the gradient divides by n.": step(
        scale=lambda n, K: 1.0
    ),
    "Divided by n twice: `cross_entropy_gradient` has 1/n in it already.": step(
        scale=lambda n, K: 1 / n**2
    ),
    "Divided by the number of classes too: the loss is a mean over the samples alone.": step(
        scale=lambda n, K: 1 / (n * K)
    ),
    "b's slope is a mean over the samples taken twice: G has 1/n in it already; sum it.": step(
        bias_scale=lambda n, K: 1 / n**2
    ),
    "b's slope is the sum over the samples where W's is the mean: both have 1/n.": step(
        bias_scale=lambda n, K: 1.0
    ),
    "W's slope is the sum over the samples where b's is the mean: both have 1/n.": step(
        scale=lambda n, K: 1.0, bias_scale=lambda n, K: 1 / n
    ),
    "b does not move: its slope is the sum of G over the samples.": step(bias=0.0),
    "b moves the wrong way.": step(bias=-1.0),
    "W moves the wrong way where b moves rightly.": step(loss=-1.0),
    "The step grows the weights: is the penalty's sign +?": step(
        penalty=lambda W, alpha, n: -alpha * W
    ),
    "The penalty is twice too strong: α/2 · W² has the slope αW, without a factor 2.": step(
        penalty=lambda W, alpha, n: 2 * alpha * W
    ),
    "The penalty is half of what it should be: α/2 · W² has the slope αW.": step(
        penalty=lambda W, alpha, n: alpha / 2 * W
    ),
    "The penalty is missing: α W belongs to the slope of W.": step(penalty=lambda W, alpha, n: 0.0),
    "The penalty is divided by the batch: α belongs to the objective once, whatever n is.": step(
        penalty=lambda W, alpha, n: alpha / n * W
    ),
    "The penalty is multiplied by the batch: α belongs to the objective once, whatever n is.": step(
        penalty=lambda W, alpha, n: alpha * n * W
    ),
    "An L1 penalty, α sign(W): here it is α/2 · W², with the slope αW.": step(
        penalty=lambda W, alpha, n: alpha * np.sign(W)
    ),
    "The penalty's value α/2 · W² is taken for its slope αW.": step(
        penalty=lambda W, alpha, n: alpha / 2 * W**2
    ),
    "The sum of all weights' penalty is taken off each: the slope of α/2 · ΣW² is αW.": step(
        penalty=lambda W, alpha, n: alpha / 2 * (W**2).sum()
    ),
    "The intercept is penalised: the penalty is on W alone.": step(
        bias_penalty=lambda b, alpha: alpha * b
    ),
    "The intercept alone is penalised: the penalty is on W.": step(
        penalty=lambda W, alpha, n: 0.0, bias_penalty=lambda b, alpha: alpha * b
    ),
    "The penalty is not multiplied by η: it is part of the gradient.": _penalty_without_eta,
    "The penalty shrinks the new weights: both slopes are those at the old ones.": (_penalty_after),
    "The penalty shrinks W before the gradient is computed: both slopes are those at the old W.": (
        _penalty_before
    ),
    "b's step uses the new W: compute both slopes before changing anything.": (
        _intercept_from_new_weights
    ),
    "W's step uses the new b: compute both slopes before changing anything.": (
        _weights_from_new_intercept
    ),
    "The scores are X Wᵀ + b: where is b?": _without_intercept_in_scores,
    "η does not take part: the step is η times the gradient.": _no_eta,
    "Gᵀ X has the shape of W, Xᵀ G that of its transpose.": _transposed_gradient,
    "This is the gradient: return W - η times it.": _gradient,
    "The softmax is taken over the samples (axis 0): the classes are axis 1.": (
        _softmax_over_samples
    ),
    "η is squared, or multiplied twice.": lambda W, b, X, y, eta, alpha: step()(
        W, b, X, y, eta**2, alpha
    ),
    "Twice the step: the loss has no factor 2.": lambda W, b, X, y, eta, alpha: step()(
        W, b, X, y, 2 * eta, alpha
    ),
    "W and b come back in the other order.": lambda *args: step()(*args)[::-1],
    "Nothing has changed: W and b come back as they were.": lambda W, b, X, y, eta, alpha: (W, b),
}
