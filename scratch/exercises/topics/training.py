"""Steps and training: two classes, momentum, falling rates; penalties, K classes, one by one."""

import numpy as np

from scratch.exercises.compare import DIFFERENCES
from scratch.exercises.record import Exercise, N, Y
from scratch.exercises.topics.orders import follows_some_order
from scratch.exercises.words import Seed

# --- two classes ----------------------------------------------------------------------------------

BY_HAND = ([[1.0, 3.0], [0.0, 2.0], [1.0, 0.0]], [1, 0, 1])

logistic_step = Exercise(
    "logistic_step",
    "training",
    """Take one step of logistic regression downhill, on a mini-batch; return new (w, b).

w (d,) are the weights, b is the intercept, a number; X (n, d) the samples, y (n,) their
targets, 0 or 1; eta is the step size η. The loss is binary_cross_entropy of the scores X w + b.
You have its slope with respect to the scores: by the chain rule, what is it with respect to
each weight? And to b, which counts in every score? One sample [1, 3] of class 1, from zero
weights with η = 0.1: w becomes [0.05, 0.15] and b 0.05.""",
    ("g = binary_cross_entropy_gradient(scores, y) is (n,). A weight w_j takes part in every score,"
     " times X[i, j]: which product of g and X has a number for each feature? Compute g once,"
     " before anything changes.",
     "w - η g @ X and b - η Σ g"),
    (
        ("from zero weights", [([0.0, 0.0], 0.0, *BY_HAND, 0.1),
                               ([0.0], 0.0, [[2.0], [1.0]], [1, 1], 1.0)]),
        ("from any weights: X w + b are the scores",
         [(N(2), 0.5, N(5, 2), Y(5), 0.5), (N(3), -1.0, N(3, 3), Y(3), 0.1),
          (N(2), 0.3, N(4, 2), Y(4), 1.0)]),
    ),
    """
(w - eta * r @ X, b - eta * r.mean())  # 1/n is missing in w's slope.
(w - eta * g @ X, b - eta * r.sum())  # 1/n is missing in b's slope.
b_after(w - eta * g @ X)
    # b's step is made with the new w: compute the gradient once, before anything changes.
(eta * g @ X, eta * g.sum())  # The step alone comes out: subtract it from w and b.
(g @ X, g.sum())  # The slopes come out: a step is w - η times them.
(w - eta * mean(g), b - eta * mean(g))  # The features are missing in w's slope: g @ X.
""",
    ways="""
(w - eta * (g[:, None] * X).sum(axis=0), b - eta * np.sum(g))
""",
    let="""
n = len(y)
r = sigmoid(X @ w + b) - y
g = r / n
def b_after(new):
    return new, b - eta * ((sigmoid(X @ new + b) - y) / n).sum()
""",
    margin=DIFFERENCES,
    booleans=("y",),
)  # fmt: skip

PAIR = ([[1.0], [-2.0]], [0, 1])
FIVE = ([[1.0, 0.5], [-2.0, 1.0], [0.5, -1.0], [2.0, 2.0], [-1.0, 0.0]], [0, 1, 0, 1, 1])
SAME = [([[1.0]] * n, [1] * n) for n in (5, 3, 4)]

fit_logistic = Exercise(
    "fit_logistic",
    "training",
    """Train logistic regression from zero weights; return w (d,) and b, a number.

X is (n, d), y (n,) holds 0 and 1. An epoch goes once through all samples, in mini-batches, with
a `logistic_step` of size eta for each; there are n_epochs of them, and each has a new order,
drawn from rng. Use your minibatches and logistic_step. What goes on from one step to the next,
and from one epoch to the next?""",
    ("Two loops: epochs, and in each the mini-batches. X[batch] takes the rows of a batch.",
     "w, b = logistic_step(w, b, X[batch], y[batch], eta), for each batch of minibatches(len(X),"
     " batch_size, rng), n_epochs times; before the loops w and b are zeros"),
    (
        ("a batch of all samples and one epoch: one step from zero weights",
         [(*FIVE, 0.5, 5, 1, Seed(0)), (*PAIR, 1.0, 2, 1, Seed(0))]),
        ("n_epochs steps, one from another; a batch_size above n is all samples too",
         [(*FIVE, 0.5, 5, 3, Seed(0)), (*FIVE, 0.25, 9, 2, Seed(0)), (*PAIR, 0.5, 2, 4, Seed(0))]),
        ("a step for each mini-batch, the smaller last one too (all samples alike)",
         [(*SAME[0], 0.5, 2, 1, Seed(0)), (*SAME[0], 0.5, 2, 3, Seed(0)),
          (*SAME[1], 0.5, 1, 2, Seed(0)), (*SAME[2], 0.5, 3, 2, Seed(0))]),
        ("every epoch has a new order, drawn from rng", follows_some_order((*PAIR, 1.0, 1, 4), 4)),
    ),
    """
(zeros(len(X)), 0.0)  # The weights are one for each feature, X.shape[1], not for each sample.
minibatches(X, batch_size, rng) and list(minibatches(X, batch_size, rng))
    # minibatches takes the number of samples, len(X), not the samples.
""",
    booleans=("y",),
)  # fmt: skip

momentum_step = Exercise(
    "momentum_step",
    "training",
    """Take a step with momentum; return the new weights and the new velocity, (w, v).

v is the last step, of the shape of w. The new step is a share `momentum` of it, less eta times
the gradient; the weights move by that new step. From w = 1 with v = -0.1, slope 1, η = 0.1 and
momentum 0.5: the new step is -0.15, and w becomes 0.85.""",
    ("First the new step, then the weights: which v moves them?",
     "v = momentum · v - η · gradient, then w + v"),
    (
        ("by hand: the new step, then the new weights",
         [([1.0, 2.0], [-0.1, 0.3], [1.0, -2.0], 0.1, 0.5), ([1.0], [0.0], [2.0], 0.5, 0.9)]),
        ("any shape, any momentum",
         [(N(3), N(3), N(3), 0.3, 0.9), (N(2, 3), N(2, 3), N(2, 3), 0.1, 0.7),
                                     (N(3), N(3), N(3), 0.3, 0.0)]),
    ),
    """
(w + old, v)  # w moves by the last step: it moves by the new one, which comes out too.
(w + v, new)  # w moves by the old v: compute the new one first.
(w - (momentum * v + eta * gradient), momentum * v + eta * gradient)
    # Here v points downhill: the gradient is subtracted in v, and v is added to w.
(w - eta * (momentum * v + gradient), momentum * v + gradient)
    # v is the step itself, with η and minus in it: momentum · v - η · gradient.
(w + momentum * v - (1 - momentum) * eta * gradient, momentum * v - (1 - momentum) * eta * gradient)
    # The gradient is weighed with 1 - momentum: here it counts in full.
(w + new, v)  # The old velocity comes out: the next step needs the new one.
(w + momentum * new - eta * gradient, new)  # This is Nesterov's variant: here w moves by v.
""",
    ways="""
(w + momentum * v - eta * gradient, momentum * v - eta * gradient)
""",
    let="new = momentum * v - eta * gradient; old = v",
)  # fmt: skip

falling_learning_rate = Exercise(
    "falling_learning_rate",
    "training",
    """Return the step size of update t = 1, 2, ...: it begins with eta0 and falls as a power of t.

A power of 1/2 halves it by update 4: from 0.5 to 0.25. A power of 1 does so by update 2, a
power of 0 never.""",
    ("By what is eta0 divided at t = 4, if the power is 1/2?", "η₀ / t^power"),
    (
        ("the first step is eta0", [(0.5, 1, 0.7), (2.0, 1, 0.5)]),
        ("it falls as t^power", [(0.5, 4, 0.5), (0.3, 7, 0.6), (1.0, 10, 1.0), (2.0, 3, 0.0),
                                 (0.1, 50, 0.75)]),
    ),
    """
eta0 / (t * power); eta0 / t * power; eta0 / (1 + t * power)
    # t times power: t to the power of it is t ** power.
eta0 / (1 + t) ** power; eta0 / (t + 1)
    # The first update is t = 1, and it has eta0: divide by t ** power.
(eta0 / t) ** power; eta0 ** power / t
    # eta0 is raised to the power too: the power is that of t alone.
eta0 * power ** t; eta0 * power ** (t - 1)
    # This falls by a factor each time: here it is eta0 / t ** power.
eta0 - power * t  # It falls in a straight line: divide by t ** power.
eta0 / t ^ power  # ^ is no power in Python: **.
""",
)  # fmt: skip

# --- K classes ------------------------------------------------------------------------------------

penalty = Exercise(
    "penalty",
    "training",
    """Return the price of large weights: half of alpha times the sum of their squares, one number.

The half makes the slope simple. Of the weights [1, 3] with alpha = 0.1 it is 0.5. W may have
any shape.""",
    ("Which numbers are squared, which added?", "α/2 · Σ W²"),
    (("half of alpha times the sum of the squares",
      [([[1.0, 3.0, -2.0], [0.5, 0.0, 1.0]], 0.1), (N(3, 4), 0.3), (N(2), 1.0), ([[2.0]], 0.5)]),
     ("alpha = 0 costs nothing", [(N(2, 3), 0.0)])),
    """
alpha / 2 * sum(abs(W))  # The sum of |W|: of the squares, W**2.
alpha / 2 * sum(W) ** 2  # The sum is squared: square each, then add up.
alpha / 2 * sqrt(sum(W ** 2))  # This is the norm: its square, the sum of the squares.
sum(W ** 2) / 2  # alpha is missing.
alpha * W  # This is the slope of the penalty.
alpha / 2 * W @ W  # W @ W is a product of matrices: W ** 2 squares each entry.
""",
)  # fmt: skip

penalty_gradient = Exercise(
    "penalty_gradient",
    "training",
    """Return the slope of `penalty` with respect to each weight, in the shape of W.

Derive it from α/2 · Σ W². Of the weights [1, 3] with alpha = 0.5 it is [0.5, 1.5].""",
    ("What is the derivative of w²? What does the half do to it?", "α W"),
    (("alpha times the weight",
     [([[1.0, 3.0, -2.0], [0.5, 0.0, 1.0]], 0.5), (N(3, 4), 0.3), (N(3), 2.0)]),),
    """
alpha / 2 * W ** 2  # This is the penalty itself: differentiate w².
alpha * sign(W)  # This is the slope of |W|.
W / alpha  # Divided by alpha: multiply.
""",
)  # fmt: skip

ZERO = (np.zeros((3, 2)), np.zeros(3), [[1.0, 3.0], [0.0, 2.0]], [1, 2])
ONE = (np.zeros((2, 1)), np.zeros(2), [[3.0]], [1])
STILL = (N(2, 1), [0.5, 0.5], [[0.0], [0.0]], [0, 1])  # nothing to learn from

sgd_step = Exercise(
    "sgd_step",
    "training",
    """Take one step of softmax regression downhill, on a mini-batch; return new (W, b).

W (K, d), b (K,); X (n, d) the samples, y (n,) their class indices; eta is the step size η,
alpha the strength α of the penalty. The objective is cross_entropy of the scores plus `penalty`
of W; the intercepts are not penalised. By the chain rule, what are its slopes with respect to W
and b? One sample [3] of class 1, from zero weights with η = 0.1 and no penalty: W becomes
[[-0.15], [0.15]] and b [-0.05, 0.05].""",
    ("G = cross_entropy_gradient(scores, y) is (n, K), and W is (K, d), X (n, d): which product of"
     " G and X has the shape of W? A class's intercept counts in every sample. Compute both slopes"
     " before anything changes.",
     "W - η (Gᵀ X + α W) and b - η Σ_i G[i]"),
    (
        ("from zero weights, without a penalty", [(*ZERO, 0.5, 0.0), (*ONE, 0.1, 0.0)]),
        ("from any weights, without a penalty",
         [(N(3, 2), N(3), N(5, 2), Y(5, 3), 0.5, 0.0), (N(2, 3), N(2), N(4, 3), Y(4, 2), 0.1, 0.0),
          (N(3, 3), N(3), N(3, 3), Y(3, 3), 0.5, 0.0)]),
        ("with nothing to learn from, the penalty shrinks W by 1 - ηα, and b stays",
         [(*STILL, 0.5, 1.0), (*STILL, 0.5, 0.5), (*STILL, 0.1, 2.0)]),
        ("loss and penalty together, both at the old weights",
         [(N(3, 2), N(3), N(5, 2), Y(5, 3), 0.5, 0.4),
          (N(4, 3), N(4), N(6, 3), Y(6, 4), 0.3, 0.2)]),
    ),
    """
(W - eta * GX + alpha * W, b - eta * Gb)  # The penalty is outside the bracket: W - η (Gᵀ X + α W).
(W - eta * (GX + alpha / 2 * (W ** 2).sum()), b - eta * Gb)
    # The penalty itself is added: its slope is α W.
(W - eta * (GX + alpha * W), b - eta * (Gb + alpha * b))
    # The intercepts are penalised: the penalty is on W alone.
(W - eta * (GX + alpha * W), b - eta * G.sum(axis=1))
    # The sum runs over the classes: over the samples, G.sum(axis=0).
(W - eta * (n * GX + alpha * W), b - eta * Gb)  # 1/n is missing in W's slope.
(W - eta * (GX + alpha * W), b - eta * n * Gb)  # 1/n is missing in b's slope.
(W - eta * (X.T @ G + alpha * W), b - eta * Gb)  # Xᵀ G is (d, K): the shape of W, (K, d), has Gᵀ X.
(W - eta * (G @ X + alpha * W), b - eta * Gb)
    # G (n, K) and X (n, d): the product over the samples is Gᵀ X, G.T @ X.
cross_entropy_gradient(X @ W + b, y) and (W, b)
    # X is (n, d) and W is (K, d): the scores are X @ W.T + b.
(GX + alpha * W, Gb)  # The slopes come out: a step is W - η times them.
(eta * (GX + alpha * W), eta * Gb)  # The step alone comes out: subtract it from W and b.
b_after()  # b's step is made with the new W: compute G once, before anything changes.
""",
    let="""
n = len(y)
G = cross_entropy_gradient(X @ W.T + b, y)
GX, Gb = G.T @ X, G.sum(axis=0)
def b_after():
    V = W - eta * (GX + alpha * W)
    return V, b - eta * cross_entropy_gradient(X @ V.T + b, y).sum(axis=0)
""",
    margin=DIFFERENCES,
)  # fmt: skip

SIX = (
    [[1.0, 0.5], [-2.0, 1.0], [0.5, -1.0], [2.0, 2.0], [-1.0, 0.0], [0.0, 1.5]],
    [0, 2, 1, 1, 0, 2],
    3,
)
TWO_OF_FOUR = ([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]], [0, 2, 2], 4)

fit_softmax = Exercise(
    "fit_softmax",
    "training",
    """Train softmax regression from zero weights; return W (K, d) and b (K,).

X is (n, d), y (n,) holds class indices, K is n_classes, also if some do not occur. An epoch
goes once through all samples, in mini-batches, with an `sgd_step` (eta, alpha) for each; there
are n_epochs of them, and each has a new order, drawn from rng. It is fit_logistic again.""",
    ("Which shapes have the zeros to begin with? What do the loops keep?",
     "W, b = sgd_step(W, b, X[batch], y[batch], eta, alpha), for each batch of minibatches(len(X),"
     " batch_size, rng), n_epochs times, from zeros (K, d) and (K,)"),
    (
        ("a batch of all samples and one epoch: one step from zero weights",
         [(*SIX, 0.5, 0.0, 6, 1, Seed(0)), (*TWO_OF_FOUR, 0.5, 0.0, 3, 1, Seed(0))]),
        ("n_epochs steps, one from another; η and α are obeyed",
         [(*SIX, 0.5, 0.0, 6, 3, Seed(0)), (*SIX, 0.25, 1.0, 9, 2, Seed(0)),
          (*SIX, 0.4, 0.3, 6, 4, Seed(0))]),
        ("a step for each mini-batch, the smaller last one too (all samples alike)",
         [(*(a := SAME[0]), 2, 0.5, 0.1, 2, 1, Seed(0)), (*a, 2, 0.5, 0.1, 2, 3, Seed(0)),
          (*SAME[1], 2, 0.5, 0.1, 1, 2, Seed(0)), (*SAME[2], 2, 0.5, 0.1, 3, 2, Seed(0))]),
        ("every epoch has a new order, drawn from rng",
         follows_some_order((*PAIR, 2, 1.0, 0.1, 1, 4), 4)),
    ),
    """
started(rng.normal(size=(n_classes, X.shape[1])), zeros(n_classes))
    # The weights begin at random numbers: begin at 0, where training ends elsewhere by nothing but
    # the order.
started(ones((n_classes, X.shape[1])), ones(n_classes))  # The weights begin at 1: begin at 0.
minibatches(X, batch_size, rng) and list(minibatches(X, batch_size, rng))
    # minibatches takes the number of samples, len(X), not the samples.
""",
    let="""
def started(W, b):
    for _ in range(n_epochs):
        for batch in minibatches(len(X), batch_size, rng):
            W, b = sgd_step(W, b, X[batch], y[batch], eta, alpha)
    return W, b
""",
)  # fmt: skip

fit_one_vs_rest = Exercise(
    "fit_one_vs_rest",
    "ten",
    """Train K classifiers of two classes, "is it class k?"; return W (K, d) and b (K,).

Row k of W and entry k of b are those of fit_logistic with the targets "is it class k?". X is
(n, d), y (n,) holds class indices, K is n_classes. predict then takes the class whose
classifier gives the highest score.""",
    ("What are the targets of classifier k? How do K arrays (d,) become one, (K, d)?",
     "for each k: w, b = fit_logistic(X, y == k, ...); stack the w as rows, the b in an array"),
    (
        ("one step from zero weights for each class",
         [(*SIX, 0.5, 6, 1, Seed(0)), (*TWO_OF_FOUR, 0.5, 3, 1, Seed(0))]),
        ("n_epochs steps for each class",
         [(*SIX, 0.5, 6, 3, Seed(0)), (*SIX, 0.25, 9, 2, Seed(0))]),
        ("mini-batches (all samples alike)", [(*SAME[0], 2, 0.5, 2, 3, Seed(0))]),
        ("orders are drawn from rng", follows_some_order((*PAIR, 2, 1.0, 1, 2), 4)),
    ),
    """
stacked([y] * K)  # Every classifier gets y itself: the targets are y == k, is it class k?
stacked([y == 0] * K)  # Every classifier has the same targets: y == k.
stacked([y == k for k in unique(y)])
    # The classes are counted in y: there are n_classes rows, also where some do not occur.
fit_softmax(X, y, K, eta=eta, alpha=0, batch_size=batch_size, n_epochs=n_epochs, rng=rng)
    # This is softmax regression: K classifiers of two classes are asked for.
""",
    let="""
K = n_classes
def stacked(targets):
    fits = [fit_logistic(X, t, eta=eta, batch_size=batch_size, n_epochs=n_epochs, rng=rng)
            for t in targets]
    return array([w for w, _ in fits]), array([b for _, b in fits])
full_fit = stacked([y == k for k in range(K)])
""",
)  # fmt: skip

# --- one sample at a time -------------------------------------------------------------------------

LONE = ([[2.0]], [1])


fit_one_sample_at_a_time = Exercise(
    "fit_one_sample_at_a_time",
    "training",
    """Train logistic regression with a step for each sample, in the given order; return w and b.

Begin at zeros, and go n_epochs times through the samples. The step of one sample x with target
t has the slope of its loss at the weights that the last sample left: with the residual r =
σ(w·x + b) - t it is r x for w and r for b. The penalty first shrinks w (not b) by the factor 1
- ηα, which must not turn the weights round: it is at least 0. This is scikit-learn's
SGDClassifier with the log loss. One sample [2] of class 1, η = 1, no penalty: w becomes [1] and
b 1/2.""",
    ("Two loops: epochs, and in each the samples in their order. Compute the residual once, before"
     " w changes.",
     "r = σ(w·x + b) - t; w = max(0, 1 - ηα) w - η r x; b = b - η r"),
    (
        ("by hand: one sample", [(*LONE, 0.0, 1.0, 1), ([[1.0, 3.0]], [0], 0.0, 0.5, 1)]),
        ("sample after sample, in the given order: each sees the weights that the last left",
         [(*FIVE, 0.0, 0.5, 1), (*PAIR, 0.0, 1.0, 1), (N(4, 3), Y(4), 0.0, 0.5, 1)]),
        ("n_epochs times through all samples, from where the last epoch ended",
         [(*FIVE, 0.0, 0.5, 3), (*LONE, 0.0, 1.0, 2)]),
        ("each step first shrinks w by 1 - ηα, and leaves b out of it",
         [(*FIVE, 0.3, 0.5, 1), (*FIVE, 0.2, 0.5, 3), ([[2.0], [0.0]], [1, 1], 0.5, 1.0, 1)]),
        ("the penalty never turns w round: where ηα is above 1 the factor is 0",
         [(*FIVE, 3.0, 0.5, 2), ([[2.0], [0.0]], [1, 1], 2.0, 1.0, 1)]),
    ),
    """
run([slice(None)], 1 / len(X))
    # A step for all samples at once: here each takes its own, before the next is looked at.
run([[i] for i in range(len(X))], early=True)
    # The residual is that of the shrunken weights: compute it first, before w shrinks.
""",
    let="""
def run(batches, share=1.0, early=False):
    w, b, shrink = zeros(X.shape[1]), 0.0, maximum(0, 1 - eta * alpha)
    for batch in batches * n_epochs:
        r = (sigmoid(X[batch] @ (shrink * w if early else w) + b) - y[batch]) * share
        w, b = shrink * w - eta * r @ X[batch], b - eta * r.sum()
    return w, float(b)
""",
    booleans=("y",),
)  # fmt: skip

EXERCISES = (
    *(logistic_step, fit_logistic, momentum_step, falling_learning_rate, penalty, penalty_gradient),
    *(sgd_step, fit_softmax, fit_one_vs_rest, fit_one_sample_at_a_time),
)
