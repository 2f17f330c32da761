"""The chapter's mathematics in plain NumPy. Read this file first.

The rest of the package computes the same, faster and for more kinds of input.

Shapes: n samples, d features, K classes. ``X`` is (n, d), one row per sample. Two classes need one
weight per feature, ``w`` (d,), and an intercept ``b``. They give one score per sample, the *logit*
``z`` (n,). Each of K classes has a row of weights and an intercept, ``W`` (K, d) and ``b`` (K,).
They give one score per sample and class, ``Z`` (n, K). Penalties leave the intercepts out. Targets
``y`` are 0 or 1 (or False and True) for two classes, the index of the class for K. Arguments are
NumPy arrays; none is changed.

One idea carries it all. For the sigmoid with binary cross-entropy, and for the softmax with
cross-entropy, the gradient with respect to the scores is **probability - target**.

Sources: C. M. Bishop, *Pattern Recognition and Machine Learning*, 2006, section 4.3 (losses and
gradients); L. Bottou, *Stochastic Gradient Descent Tricks*, 2012 (training); T. Fawcett, *An
introduction to ROC analysis*, 2006 (curves); C. Elkan, *The foundations of cost-sensitive
learning*, 2001 (thresholds); A. Niculescu-Mizil and R. Caruana, *Predicting good probabilities with
supervised learning*, 2005 (reliability).
"""

import numpy as np

# --- The data -------------------------------------------------------------------------------------


def split(n_samples, n_validation, n_test, rng):
    """Return the indices of a training, a validation and a test set, in random order.

    One trains on the first, makes choices on the second and judges once on the third. Every index
    0, …, n_samples - 1 is in one of them. The order is drawn from `rng`, a numpy.random.Generator.

    >>> train, validation, test = split(10, 2, 3, np.random.default_rng(0))
    >>> len(train), len(validation), len(test)
    (5, 2, 3)
    """
    order = rng.permutation(n_samples)
    n_train = n_samples - n_validation - n_test
    return tuple(np.split(order, [n_train, n_train + n_validation]))


def standardise(X_train, X):
    """Return ``(X - mean) / std``, with mean and standard deviation of each training column.

    The training set then has mean 0 and standard deviation 1. Other samples get the same shift and
    scale. A column that is constant in training is only shifted.
    `X_train` (n, d), `X` (m, d); returns (m, d).

    >>> standardise(np.array([[1.0, 5.0], [3.0, 5.0]]), np.array([[4.0, 6.0]])).tolist()
    [[2.0, 1.0]]
    """
    std = X_train.std(axis=0)  # (d,)
    return (X - X_train.mean(axis=0)) / np.where(std == 0, 1, std)


def rescale(X_train, X):
    """Return ``(X - min) / (max - min)``, with minimum and maximum of each training column.

    The training set then lies in [0, 1]. A column that is constant in training is only shifted.
    `X_train` (n, d), `X` (m, d); returns (m, d).

    >>> rescale(np.array([[0.0, 5.0], [16.0, 5.0]]), np.array([[4.0, 6.0]])).tolist()
    [[0.25, 1.0]]
    """
    low, width = X_train.min(axis=0), np.ptp(X_train, axis=0)  # (d,), (d,)
    return (X - low) / np.where(width == 0, 1, width)


# --- Two classes ----------------------------------------------------------------------------------


def linear_scores(X, W, b):
    """Return the scores ``X Wᵀ + b``: (n,) for weights (d,) and a number b, (n, K) for (K, d).

    >>> linear_scores(np.array([[1.0, 2.0]]), np.array([3.0, -1.0]), 0.5).tolist()
    [1.5]
    """
    return X @ W.T + b


def sigmoid(z):
    """Return the probability of class 1: ``σ(z) = 1 / (1 + exp(-z))``, in the shape of `z`.

    Below 0 that is computed as ``exp(z) / (1 + exp(z))``, so exp never overflows.

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0])).tolist()
    [0.0, 0.5, 1.0]
    """
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def predict(Z):
    """Return the class with the highest score for each sample, the first one in a tie.

    Two classes have one score, that of class 1; the score of class 0 is 0. So the class is 1 where
    the score is above 0. That is where the probability is above 1/2.
    Scores (n,) or (n, K); returns (n,) ints.

    >>> predict(np.array([-2.0, 0.0, 3.0])).tolist(), predict(np.array([[1.0, 3.0, 2.0]])).tolist()
    ([0, 0, 1], [1])
    """
    return (Z > 0).astype(int) if Z.ndim == 1 else Z.argmax(axis=1)


def binary_cross_entropy(z, y):
    """Return the mean of ``-log p`` in nats, where p is the probability of the true class.

    For y = 1 that is ``-log σ(z) = log(1 + exp(-z))``, for y = 0 it is ``log(1 + exp(z))``.
    Logits `z` (n,), targets `y` (n,) of 0 and 1; returns a float.

    >>> p = np.array([0.9, 0.2, 0.01, 0.7])
    >>> round(binary_cross_entropy(np.log(p / (1 - p)), np.array([1, 0, 0, 1])), 5)
    0.17381
    """
    margin = np.where(y == 1, z, -z)  # (n,): how far z is on the right side
    return float(np.mean(np.logaddexp(0, -margin)))  # logaddexp(a, b) = log(exp(a) + exp(b))


# --- The slope ------------------------------------------------------------------------------------


def numerical_gradient(f, x, h=1e-5):
    """Return the gradient of `f` at `x` by central differences, in the shape of `x`.

    Entry i is ``(f(x + h eᵢ) - f(x - h eᵢ)) / (2 h)``, where eᵢ is 1 at entry i, else 0. The error
    falls with h² until rounding takes over.
    `f` takes an array of the shape of `x` and returns a number.

    >>> numerical_gradient(lambda x: (x**2).sum(), np.array([1.0, 3.0])).round(6).tolist()
    [2.0, 6.0]
    """
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[i] = h
        gradient[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


def binary_cross_entropy_gradient(z, y):
    """Return the gradient of `binary_cross_entropy` with respect to `z`: ``(σ(z) - y) / n``, (n,).

    >>> binary_cross_entropy_gradient(np.array([0.0, 1000.0]), np.array([1, 1])).tolist()
    [-0.25, 0.0]
    """
    return (sigmoid(z) - y) / len(z)


# --- Training, two classes ------------------------------------------------------------------------


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


def logistic_step(w, b, X, y, eta):
    """Take one step of logistic regression on a mini-batch: ``w - η ∂L/∂w`` and ``b - η ∂L/∂b``.

    The loss is ``L = binary_cross_entropy(X w + b, y)``. By the chain rule, with ``g = ∂L/∂z``:
    ``∂L/∂w = Xᵀ g`` and ``∂L/∂b = Σ_i g[i]``.
    `w` (d,), `b` a float, `X` (n, d), `y` (n,) of 0 and 1; returns new (w, b).

    >>> w, b = logistic_step(np.zeros(2), 0.0, np.array([[1.0, 3.0]]), np.array([1]), eta=0.1)
    >>> w.round(12).tolist(), b
    ([0.05, 0.15], 0.05)
    """
    gradient = binary_cross_entropy_gradient(linear_scores(X, w, b), y)  # (n,)
    return w - eta * (gradient @ X), float(b - eta * gradient.sum())


def fit_logistic(X, y, *, eta, batch_size, n_epochs, rng):
    """Train logistic regression from zero weights: one `logistic_step` per mini-batch.

    An epoch passes over all samples once.
    `X` (n, d), `y` (n,) of 0 and 1; returns w (d,) and b, a float.

    >>> X, y = np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([0, 0, 1, 1])
    >>> how = {"eta": 0.5, "batch_size": 2, "n_epochs": 10}
    >>> w, b = fit_logistic(X, y, **how, rng=np.random.default_rng(0))
    >>> predict(linear_scores(X, w, b)).tolist()
    [0, 0, 1, 1]
    """
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(n_epochs):
        for batch in minibatches(len(X), batch_size, rng):
            w, b = logistic_step(w, b, X[batch], y[batch], eta)
    return w, b


def momentum_step(w, v, gradient, eta, momentum):
    """Take a step that adds a share of the last one: ``v ← momentum · v - η · gradient``.

    Then ``w ← w + v`` (Polyak, 1964). Where the gradient stays the same, a step grows up to
    1 / (1 - momentum) times a plain step. Where the gradient changes sign, steps cancel.
    `w`, `v`, `gradient` of one shape; `momentum` in [0, 1); returns new (w, v).

    >>> w, v = momentum_step(np.array([1.0]), np.array([-0.1]), np.array([1.0]), 0.1, 0.5)
    >>> w.round(12).tolist(), v.round(12).tolist()
    ([0.85], [-0.15])
    """
    v = momentum * v - eta * gradient
    return w + v, v


def falling_learning_rate(eta0, t, power):
    """Return the step size of update t = 1, 2, …: ``η₀ / t^power``.

    With a power in (1/2, 1] the steps sum to infinity: they can reach any point. The sum of their
    squares is finite: the noise of the batches dies out (Robbins and Monro, 1951).

    >>> falling_learning_rate(0.5, 1, 0.5), falling_learning_rate(0.5, 4, 0.5)
    (0.5, 0.25)
    """
    return eta0 / t**power


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
    pairs = y_true.astype(int), y_pred.astype(int)  # booleans would be a mask
    np.add.at(C, pairs, 1)  # unlike C[pairs] += 1, counts a repeated pair
    return C


def precision_recall_f1(C):
    """Return the precision, the recall and the F1-score of each class, three arrays (K,).

    The diagonal of the confusion counts `C` (K, K) holds the true positives tp. With fp false
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


def averages(C):
    """Return the macro, the micro and the weighted average of precision, recall and F1.

    The macro average is the mean over the classes. The weighted average weighs each class by its
    number of samples. The micro average adds up the counts of all classes first. Every error is
    one false positive and one false negative, so all three micro averages are the accuracy.
    Confusion counts `C` (K, K); returns three arrays (3,) of precision, recall, F1.

    >>> [average.round(3).tolist() for average in averages(np.array([[2, 0], [1, 1]]))]
    [[0.833, 0.75, 0.733], [0.75, 0.75, 0.75], [0.833, 0.75, 0.733]]
    """
    ratios, n_true = np.array(precision_recall_f1(C)), C.sum(axis=1)  # (3, K), (K,)
    macro = ratios.mean(axis=1)
    micro = np.full(3, C.trace() / C.sum())
    weighted = ratios @ n_true / n_true.sum()
    return macro, micro, weighted


# --- Judging scores: one sort ---------------------------------------------------------------------


def counts_at_thresholds(y, scores):
    """Return the true and the false positives at every threshold, and the thresholds, falling.

    A sample is called positive if its score reaches the threshold. Each different score is a
    threshold.
    Targets `y` (n,) of 0 and 1, `scores` (n,). With m different scores, three arrays (m,).

    >>> counts = counts_at_thresholds(np.array([0, 1, 1, 0]), np.array([0.1, 0.8, 0.8, 0.3]))
    >>> [part.tolist() for part in counts]
    [[2, 2, 2], [0, 1, 2], [0.8, 0.3, 0.1]]
    """
    order = np.argsort(scores)[::-1]  # the highest score first
    y, scores = y[order], scores[order]
    last = np.flatnonzero(np.append(np.diff(scores) != 0, True))  # (m,): equal scores go together
    tp = np.cumsum(y)[last]
    return tp, last + 1 - tp, scores[last]


def precision_recall_curve(y, scores):
    """Return precision and recall at every threshold, and the thresholds, as scikit-learn does.

    The thresholds rise. The last point, precision 1 and recall 0, has no threshold.
    Targets `y` (n,) of 0 and 1, at least one of them 1; `scores` (n,). With m different scores the
    arrays are (m + 1,), (m + 1,) and (m,).

    >>> curve = precision_recall_curve(np.array([0, 1, 1]), np.array([0.1, 0.8, 0.8]))
    >>> [part.round(3).tolist() for part in curve]
    [[0.667, 1.0, 1.0], [1.0, 1.0, 0.0], [0.1, 0.8]]
    """
    tp, fp, thresholds = counts_at_thresholds(y, scores)
    precision = np.append((tp / (tp + fp))[::-1], 1)
    recall = np.append((tp / tp[-1])[::-1], 0)
    return precision, recall, thresholds[::-1]


def roc_curve(y, scores):
    """Return the false and the true positive rate at every threshold, and the thresholds.

    The rates are ``fp / negatives`` and ``tp / positives``. The thresholds fall from ∞, which no
    score reaches: there both rates are 0.
    Targets `y` (n,), both 0 and 1 among them; `scores` (n,). With m different scores, three arrays
    (m + 1,).

    >>> [part.tolist() for part in roc_curve(np.array([0, 1, 0, 1]), np.array([1.0, 2, 2, 3]))]
    [[0.0, 0.0, 0.5, 1.0], [0.0, 0.5, 1.0, 1.0], [inf, 3.0, 2.0, 1.0]]
    """
    tp, fp, thresholds = counts_at_thresholds(y, scores)
    fpr, tpr = np.append(0, fp / fp[-1]), np.append(0, tp / tp[-1])
    return fpr, tpr, np.append(np.inf, thresholds)


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


def cost_curve(y, scores, cost_of_miss, cost_of_false_alarm):
    """Return the mean cost of a sample at every threshold, and the thresholds.

    The cost is ``(cost_of_miss · misses + cost_of_false_alarm · false alarms) / n``. The thresholds
    fall from ∞, where all positives are missed and there is no false alarm.
    Targets `y` (n,) of 0 and 1, `scores` (n,). With m different scores, two arrays (m + 1,).

    >>> curve = cost_curve(np.array([0, 1, 0, 1]), np.array([1.0, 2.0, 2.0, 3.0]), 10, 1)
    >>> [part.tolist() for part in curve]
    [[5.0, 2.5, 0.25, 0.5], [inf, 3.0, 2.0, 1.0]]
    """
    tp, fp, thresholds = counts_at_thresholds(y, scores)
    misses, false_alarms = np.append(tp[-1], tp[-1] - tp), np.append(0, fp)  # (m + 1,), (m + 1,)
    cost = (cost_of_miss * misses + cost_of_false_alarm * false_alarms) / len(y)
    return cost, np.append(np.inf, thresholds)


def threshold_of_least_cost(y, scores, cost_of_miss, cost_of_false_alarm):
    """Return the threshold of the least cost, a float, the highest one in a tie.

    Choose it on the validation set. Its cost there is an optimistic estimate for new data.
    Arguments are those of `cost_curve`.

    >>> threshold_of_least_cost(np.array([0, 1, 0, 1]), np.array([1.0, 2.0, 2.0, 3.0]), 10, 1)
    2.0
    """
    cost, thresholds = cost_curve(y, scores, cost_of_miss, cost_of_false_alarm)
    return float(thresholds[cost.argmin()])


def threshold_of_best_f1(y, scores):
    """Return the threshold of the highest F1-score, a float, the highest one in a tie.

    At each threshold ``F1 = 2 tp / (2 tp + fp + fn) = 2 tp / (called positive + positives)``.
    Targets `y` (n,) of 0 and 1, at least one of them 1; `scores` (n,).

    >>> threshold_of_best_f1(np.array([0, 1, 0, 1]), np.array([1.0, 2.0, 2.5, 3.0]))
    2.0
    """
    tp, fp, thresholds = counts_at_thresholds(y, scores)
    f1 = 2 * tp / (tp + fp + tp[-1])
    return float(thresholds[f1.argmax()])


# --- K classes ------------------------------------------------------------------------------------


def one_hot(y, n_classes):
    """Return the targets as rows: ``T[i, k]`` is 1 for k = y[i], else 0. Returns (n, K) floats.

    >>> one_hot(np.array([2, 0]), 3).tolist()
    [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]
    """
    return np.eye(n_classes)[y.astype(int)]


def softmax(Z):
    """Return the probabilities of the classes: ``P[i, k] = exp(Z[i, k]) / Σ_j exp(Z[i, j])``.

    Subtracting the same number from every score of a row does not change its softmax. Subtracting
    the row's maximum makes the largest exponent 0.
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
    of_target = Z[np.arange(len(y)), y.astype(int)][:, None]  # (n, 1); booleans would be a mask
    return float(np.mean(np.logaddexp.reduce(Z - of_target, axis=1)))


def cross_entropy_gradient(Z, y):
    """Return the gradient of `cross_entropy` with respect to `Z`: ``(softmax(Z) - T) / n``, (n, K).

    The targets T are one-hot: ``T[i, k]`` is 1 for k = y[i], else 0.

    >>> cross_entropy_gradient(np.array([[0.0, 0.0], [1000.0, 0.0]]), np.array([0, 0])).tolist()
    [[-0.25, 0.25], [0.0, 0.0]]
    """
    residual = softmax(Z) - one_hot(y, Z.shape[1])  # probability - target
    return residual / len(y)


# --- Training, K classes --------------------------------------------------------------------------


def penalty(W, alpha):
    """Return ``α/2 · Σ W²``, the price of large weights, without the intercepts.

    >>> penalty(np.array([[1.0, 3.0]]), 0.1)
    0.5
    """
    return float(alpha / 2 * np.sum(W**2))


def penalty_gradient(W, alpha):
    """Return the gradient of `penalty`: ``α W``. A step against it scales every weight by 1 - ηα.

    >>> penalty_gradient(np.array([[1.0, 3.0]]), 0.5).tolist()
    [[0.5, 1.5]]
    """
    return alpha * W


def sgd_step(W, b, X, y, eta, alpha):
    """Take one step of softmax regression on a mini-batch: ``W - η ∂J/∂W`` and ``b - η ∂J/∂b``.

    The objective is ``J = cross_entropy(X Wᵀ + b, y) + α/2 · Σ W²``. By the chain rule, with
    ``G = ∂J/∂Z``: ``∂J/∂W = Gᵀ X + α W`` and ``∂J/∂b = Σ_i G[i]``.
    `W` (K, d), `b` (K,), `X` (n, d), `y` (n,); returns new (W, b).

    >>> W, b = sgd_step(np.zeros((2, 1)), np.zeros(2), np.array([[3.0]]), np.array([1]), 0.1, 0.0)
    >>> W.round(12).tolist(), b.tolist()
    ([[-0.15], [0.15]], [-0.05, 0.05])
    """
    gradient = cross_entropy_gradient(linear_scores(X, W, b), y)  # (n, K)
    new_W = W - eta * (gradient.T @ X + penalty_gradient(W, alpha))
    new_b = b - eta * gradient.sum(axis=0)
    return new_W, new_b


def fit_softmax(X, y, n_classes, *, eta, alpha, batch_size, n_epochs, rng):
    """Train softmax regression from zero weights: one `sgd_step` per mini-batch.

    An epoch passes over all samples once.
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


def fit_one_vs_rest(X, y, n_classes, *, eta, batch_size, n_epochs, rng):
    """Train K classifiers with `fit_logistic`, one after another: "is it class k?".

    `predict` takes the class whose classifier gives the highest score.
    `X` (n, d), class indices `y` (n,); returns W (K, d) and b (K,).

    >>> X, y = np.array([[-2.0, 0.0], [2.0, 0.0], [0.0, 2.0]]), np.array([0, 1, 2])
    >>> how = {"eta": 0.5, "batch_size": 3, "n_epochs": 20}
    >>> W, b = fit_one_vs_rest(X, y, 3, **how, rng=np.random.default_rng(0))
    >>> predict(linear_scores(X, W, b)).tolist()
    [0, 1, 2]
    """
    how = {"eta": eta, "batch_size": batch_size, "n_epochs": n_epochs, "rng": rng}
    fits = [fit_logistic(X, y == k, **how) for k in range(n_classes)]
    return np.array([w for w, _ in fits]), np.array([b for _, b in fits])


def fit_one_sample_at_a_time(X, y, *, alpha, eta, n_epochs):
    """Train logistic regression from zero weights: one step per sample, in the given order.

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


# --- Judging probabilities, and when to stop ------------------------------------------------------


def log_loss(y, P):
    """Return the mean of ``-log P[i, y[i]]``: `cross_entropy` where only probabilities are known.

    As in scikit-learn, probabilities are clipped to [eps, 1 - eps]; eps is the machine epsilon
    of their dtype. So an answer that is sure and wrong does not make the loss infinite.
    Class indices `y` (n,), probabilities `P` (n, K), float32 or float64; returns a float.

    >>> round(log_loss(np.array([1, 0]), np.array([[0.2, 0.8], [0.0, 1.0]])), 4)
    18.1334
    """
    eps = np.finfo(P.dtype).eps
    of_target = np.clip(P[np.arange(len(y)), y.astype(int)], eps, 1 - eps)  # (n,)
    return float(np.mean(-np.log(of_target)))


def reliability(y, p, n_bins=10):
    """Return the mean probability, the share of ones and the size of bins of equal width.

    Bin j holds the samples with ``j / n_bins ≤ p < (j + 1) / n_bins``; the last one holds p = 1
    too. For a good forecaster the first two results are equal: nine of ten days with a 90 %
    chance of rain are wet. In an empty bin both are 0.
    Targets `y` (n,) of 0 and 1, probabilities `p` (n,) of class 1; returns three arrays (n_bins,).

    >>> parts = reliability(np.array([0, 1, 1, 1]), np.array([0.1, 0.2, 0.8, 1.0]), n_bins=2)
    >>> [part.round(3).tolist() for part in parts]
    [[0.15, 0.9], [0.5, 1.0], [2, 2]]
    """
    bins = np.minimum((p * n_bins).astype(int), n_bins - 1)  # (n,)
    n_in_bin = np.bincount(bins, minlength=n_bins)
    mean_p = np.bincount(bins, weights=p, minlength=n_bins) / np.maximum(n_in_bin, 1)
    share = np.bincount(bins, weights=y, minlength=n_bins) / np.maximum(n_in_bin, 1)
    return mean_p, share, n_in_bin


def early_stopping(losses, patience):
    """Return the epoch whose weights are kept, and the epoch after which training ends.

    The first epoch with the lowest validation loss so far is kept. Training ends after `patience`
    epochs in a row without a lower loss, or with the last epoch. Epochs count from 0.
    Validation losses `losses` (n_epochs,), one after each epoch; `patience` at least 1.

    >>> early_stopping(np.array([0.9, 0.5, 0.6, 0.55, 0.1]), patience=2)
    (1, 3)
    """
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        if epoch - best == patience:
            break
    return best, epoch
