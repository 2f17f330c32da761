"""The chapter's mathematics in plain NumPy. Read this file first.

The rest of the package computes the same, faster and for more kinds of input.

Shapes: n samples, d features, K classes. ``X`` is (n, d), one sample a row. ``W`` is (K, d), one
class a row, and ``b`` is (K,). The scores, or *logits*, are ``X Wᵀ + b``: (n, K). Two classes need
one score a sample only, ``z``: (n,). Targets ``y`` are whole numbers: 0 or 1 for two classes, the
index of the class for K. Arguments are NumPy arrays; none is changed.

One idea carries it all. For the sigmoid with binary cross-entropy, and for the softmax with
cross-entropy, the gradient with respect to the scores is **probability - target**.

Sources: C. M. Bishop, *Pattern Recognition and Machine Learning*, 2006, section 4.3 (losses and
gradients); L. Bottou, *Stochastic Gradient Descent Tricks*, 2012 (training); T. Fawcett, *An
introduction to ROC analysis*, 2006 (curves).
"""

import numpy as np

# --- Two classes ----------------------------------------------------------------------------------


def sigmoid(z):
    """Return the probability of class 1: ``σ(z) = 1 / (1 + exp(-z))``, in the shape of `z`.

    Below 0 that is ``exp(z) / (1 + exp(z))``: so exp is never asked for what overflows.

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0])).tolist()
    [0.0, 0.5, 1.0]
    """
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def binary_cross_entropy(z, y):
    """Return the mean of ``-log p`` in nats, where p is the probability of what came true.

    For y = 1 that is ``-log σ(z) = log(1 + exp(-z))``, for y = 0 it is ``log(1 + exp(z))``.
    Logits `z` (n,), targets `y` (n,) of 0 and 1; returns a float.

    >>> p = np.array([0.9, 0.2, 0.01, 0.7])
    >>> round(binary_cross_entropy(np.log(p / (1 - p)), np.array([1, 0, 0, 1])), 5)
    0.17381
    """
    margin = np.where(y == 1, z, -z)  # (n,): how far z is on the right side
    return float(np.mean(np.logaddexp(0, -margin)))  # logaddexp(a, b) = log(exp(a) + exp(b))


def binary_cross_entropy_gradient(z, y):
    """Return the gradient of `binary_cross_entropy` with respect to `z`: ``(σ(z) - y) / n``, (n,).

    >>> binary_cross_entropy_gradient(np.array([0.0, 1000.0]), np.array([1, 1])).tolist()
    [-0.25, 0.0]
    """
    return (sigmoid(z) - y) / len(z)


# --- K classes ------------------------------------------------------------------------------------


def softmax(Z):
    """Return the probabilities of the classes: ``P[i, k] = exp(Z[i, k]) / Σ_j exp(Z[i, j])``.

    A number taken off a whole row cancels. The row's maximum makes the largest exponent 0.
    Logits `Z` (n, K); returns (n, K), rows that sum to 1.

    >>> softmax(np.array([[1000.0, 1000.0], [0.0, np.log(3)]])).round(12).tolist()
    [[0.5, 0.5], [0.25, 0.75]]
    """
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(Z, y):
    """Return the mean of ``-log P[i, y[i]] = log Σ_j exp(Z[i, j] - Z[i, y[i]])`` in nats.

    Logits `Z` (n, K), class indices `y` (n,); returns a float.

    >>> P = np.array([[0.03, 0.95, 0.02], [0.1, 0.2, 0.7]])
    >>> round(cross_entropy(np.log(P), np.array([1, 2])), 5)
    0.20398
    """
    of_target = Z[np.arange(len(y)), y][:, None]  # (n, 1)
    return float(np.mean(np.logaddexp.reduce(Z - of_target, axis=1)))


def cross_entropy_gradient(Z, y):
    """Return the gradient of `cross_entropy` with respect to `Z`: ``(softmax(Z) - T) / n``, (n, K).

    The targets T are one-hot: ``T[i, k]`` is 1 for k = y[i], else 0.

    >>> cross_entropy_gradient(np.array([[0.0, 0.0], [1000.0, 0.0]]), np.array([0, 0])).tolist()
    [[-0.25, 0.25], [0.0, 0.0]]
    """
    residual = softmax(Z)
    residual[np.arange(len(y)), y] -= 1  # probability - target
    return residual / len(y)


# --- Training -------------------------------------------------------------------------------------


def minibatches(n_samples, batch_size, rng):
    """Yield the indices 0, …, n_samples - 1 in random order, `batch_size` at a time.

    The last batch may be smaller. The order is drawn from `rng`, a numpy.random.Generator.

    >>> batches = list(minibatches(5, 2, np.random.default_rng(0)))
    >>> [len(batch) for batch in batches], sorted(np.concatenate(batches).tolist())
    ([2, 2, 1], [0, 1, 2, 3, 4])
    """
    order = rng.permutation(n_samples)
    for start in range(0, n_samples, batch_size):
        yield order[start : start + batch_size]


def sgd_step(W, b, X, y, eta, alpha):
    """Take one step of softmax regression on a mini-batch: ``W - η ∂J/∂W`` and ``b - η ∂J/∂b``.

    The objective is ``J = cross_entropy(X Wᵀ + b, y) + α/2 · Σ W²``. By the chain rule, with
    ``G = ∂J/∂Z``: ``∂J/∂W = Gᵀ X + α W`` and ``∂J/∂b = Σ_i G[i]``.
    `W` (K, d), `b` (K,), `X` (n, d), `y` (n,); returns new (W, b).

    >>> W, b = sgd_step(np.zeros((2, 1)), np.zeros(2), np.array([[3.0]]), np.array([1]), 0.1, 0.0)
    >>> W.round(12).tolist(), b.tolist()
    ([[-0.15], [0.15]], [-0.05, 0.05])
    """
    gradient = cross_entropy_gradient(X @ W.T + b, y)  # (n, K)
    new_W = W - eta * (gradient.T @ X + alpha * W)
    new_b = b - eta * gradient.sum(axis=0)
    return new_W, new_b


def fit_softmax(X, y, n_classes, *, eta, alpha, batch_size, n_epochs, rng):
    """Train softmax regression from zero weights: an epoch is one `sgd_step` for each mini-batch.

    `X` (n, d), class indices `y` (n,); returns W (K, d) and b (K,).

    >>> X, y = np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([0, 0, 1, 1])
    >>> how = {"eta": 0.5, "alpha": 0.0, "batch_size": 2, "n_epochs": 10}
    >>> W, b = fit_softmax(X, y, 2, **how, rng=np.random.default_rng(0))
    >>> (X @ W.T + b).argmax(axis=1).tolist()
    [0, 0, 1, 1]
    """
    W, b = np.zeros((n_classes, X.shape[1])), np.zeros(n_classes)
    for _ in range(n_epochs):
        for batch in minibatches(len(X), batch_size, rng):
            W, b = sgd_step(W, b, X[batch], y[batch], eta, alpha)
    return W, b


def fit_one_sample_at_a_time(X, y, *, alpha, eta, n_epochs):
    """Train logistic regression from zero weights: a step for each sample, in the given order.

    This is scikit-learn's ``SGDClassifier(loss="log_loss", learning_rate="constant", shuffle=False,
    tol=None)``. With the logit z = w·x + b, the penalty α/2 · ‖w‖² and a step η:
    ``w ← max(0, 1 - ηα) w - η (σ(z) - y) x`` and ``b ← b - η (σ(z) - y)``.
    `X` (n, d), `y` (n,) of 0 and 1; returns w (d,) and b, a float.

    >>> X, y = np.array([[0.0], [2.0]]), np.array([0, 1])
    >>> w, b = fit_one_sample_at_a_time(X, y, alpha=0.0, eta=1.0, n_epochs=1)
    >>> w.round(4).tolist(), round(b, 4)
    ([1.2449], 0.1225)
    """
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(n_epochs):
        for x, target in zip(X, y, strict=True):
            residual = float(sigmoid(w @ x + b)) - target
            w = max(0, 1 - eta * alpha) * w - eta * residual * x
            b = b - eta * residual
    return w, float(b)


# --- Judging answers: one count -------------------------------------------------------------------


def accuracy(y_true, y_pred):
    """Return the share of samples whose predicted label is the true one, a float in [0, 1].

    >>> accuracy(np.array([0, 1, 1, 0]), np.array([0, 1, 0, 0]))
    0.75
    """
    return float(np.mean(y_true == y_pred))


def confusion_matrix(y_true, y_pred, n_classes):
    """Count: ``C[i, j]`` samples of class i were predicted to be of class j. Returns (K, K) ints.

    >>> confusion_matrix(np.array([0, 1, 1, 0]), np.array([0, 1, 0, 0]), 2).tolist()
    [[2, 0], [1, 1]]
    """
    C = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(C, (y_true, y_pred), 1)  # unlike C[y_true, y_pred] += 1, counts a repeated pair
    return C


def precision_recall_f1(C):
    """Return the precision, the recall and the F1-score of each class, three arrays (K,).

    On the diagonal of the confusion counts `C` (K, K) are the true positives tp. With fp false
    positives and fn false negatives: ``precision = tp / (tp + fp)``, ``recall = tp / (tp + fn)``,
    and their harmonic mean is ``F1 = 2 tp / (2 tp + fp + fn)``. 0/0 is taken as 0.

    >>> [ratio.round(3).tolist() for ratio in precision_recall_f1(np.array([[2, 0], [1, 1]]))]
    [[0.667, 1.0], [1.0, 0.5], [0.8, 0.667]]
    """
    tp, n_predicted, n_true = C.diagonal(), C.sum(axis=0), C.sum(axis=1)
    precision = tp / np.maximum(n_predicted, 1)  # where nothing is counted, tp is 0 as well
    recall = tp / np.maximum(n_true, 1)
    f1 = 2 * tp / np.maximum(n_predicted + n_true, 1)
    return precision, recall, f1


# --- Judging probabilities and scores -------------------------------------------------------------


def log_loss(y, P):
    """Return the mean of ``-log P[i, y[i]]``: `cross_entropy` where only probabilities are known.

    As in scikit-learn a probability is clipped to [eps, 1 - eps], eps of its own dtype, so that one
    sure and wrong answer does not make the loss infinite.
    Class indices `y` (n,), probabilities `P` (n, K), float32 or float64; returns a float.

    >>> round(log_loss(np.array([1, 0]), np.array([[0.2, 0.8], [0.0, 1.0]])), 4)
    18.1334
    """
    eps = np.finfo(P.dtype).eps
    of_target = np.clip(P[np.arange(len(y)), y], eps, 1 - eps)  # (n,)
    return float(np.mean(-np.log(of_target)))


def precision_recall_curve(y, scores):
    """Return precision and recall at every threshold, and the thresholds, as scikit-learn does.

    A sample is called positive if its score reaches the threshold; every score is one, rising. A
    last point without a threshold, precision 1 and recall 0, ends the curve.
    Targets `y` (n,) of 0 and 1, at least one of them 1; `scores` (n,). With m different scores the
    arrays are (m + 1,), (m + 1,) and (m,).

    >>> curve = precision_recall_curve(np.array([0, 1, 1]), np.array([0.1, 0.8, 0.8]))
    >>> [part.round(3).tolist() for part in curve]
    [[0.667, 1.0, 1.0], [1.0, 1.0, 0.0], [0.1, 0.8]]
    """
    order = np.argsort(scores)[::-1]  # the highest score first
    y, scores = y[order], scores[order]
    last = np.flatnonzero(np.append(np.diff(scores) != 0, True))  # (m,): equal scores go together
    tp, n_found = np.cumsum(y)[last], last + 1
    precision = np.append((tp / n_found)[::-1], 1)
    recall = np.append((tp / tp[-1])[::-1], 0)
    return precision, recall, scores[last][::-1]


def roc_auc(y, scores):
    """Return the probability that a positive sample scores higher than a negative one.

    A tie counts one half. This is the area under the ROC curve (Hanley and McNeil, 1982).
    Targets `y` (n,), both 0 and 1 among them; `scores` (n,); returns a float in [0, 1].

    >>> roc_auc(np.array([0, 1, 0, 1]), np.array([0.1, 0.4, 0.4, 0.8]))
    0.875
    """
    positive, negative = scores[y == 1], np.sort(scores[y == 0])
    n_below = np.searchsorted(negative, positive, side="left")  # for each positive sample
    n_below_or_equal = np.searchsorted(negative, positive, side="right")
    return float(np.mean(n_below + n_below_or_equal) / 2 / len(negative))
