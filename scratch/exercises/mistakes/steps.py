"""Known mistakes with the step of SGD, in mini-batches and one sample at a time."""

import numpy as np

from scratch.exercises.definitions import sigmoid, softmax

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
