"""One-hot targets, the softmax, cross-entropy and its slope."""

from math import log

from scratch.exercises.compare import DIFFERENCES
from scratch.exercises.record import Exercise, N, Y

RATIOS = [[0.0, log(2), log(5)], [log(3), 0.0, 0.0]]  # 1/8, 2/8, 5/8 and 3/5, 1/5, 1/5
TWO = [[0.0, 1.0, 3.0], [2.0, -1.0, 0.5]]
SQUARE = [*TWO, [-1.0, 1.0, 0.0]]
HIGH = [
    [[1000.0, 1000.0, 0.0], [0.0, 0.0, 0.0]],  # rows far from each other
    [[0.0, 1.0, 2.0], [-2000.0, -2001.0, -2000.0]],
    [[0.0, -1000.0, 500.0], [3000.0, 0.0, 1.0]],
    [[-1000.0, -1000.0]],
]
FAR = [(Z, [k] * len(Z)) for Z in HIGH for k in (0, 1)]

one_hot = Exercise(
    "one_hot",
    "ten",
    """Return the targets as rows, (n, K): in row i a 1 at the place of class y[i], else 0.

y are class indices (n,), K is n_classes, also if some classes do not occur. [2, 0] with three
classes is [[0, 0, 1], [1, 0, 0]].""",
    ("np.eye(K) is a matrix whose row k has its 1 at place k. How are rows of a matrix picked?",
     "np.eye(K)[y]; or zeros (n, K), and T[np.arange(n), y] = 1"),
    (
        ("a row for each sample, a column for each class",
         [([2, 0, 1, 2, 2], 4), ([1, 1, 0], 2), (Y(5, 3), 3)]),
        ("classes that do not occur have their column", [([0, 0], 3), ([1], 5)]),
    ),
    """
isin(arange(len(y)), y)[:, None] * ones(n_classes)
    # T[y] = 1 sets whole rows: T[np.arange(n), y] = 1 sets one place in each.
ones((len(y), 1)) * isin(arange(n_classes), y)
    # T[:, y] = 1 sets whole columns: T[np.arange(n), y] = 1 sets one place each.
1 - eye(n_classes)[y]  # 1 and 0 are exchanged.
eye(len(y), n_classes)  # The 1 stands on the diagonal: it stands at place y[i].
""",
    ways="""
(y[:, None] == np.arange(n_classes)) * 1.0
""",
    booleans=("y",),
)  # fmt: skip

softmax = Exercise(
    "softmax",
    "ten",
    """Return the probabilities of the classes, (n, K), for the scores Z (n, K).

A class's probability is proportional to exp of its score, and each row sums to 1: the scores
log 1, log 2, log 5 mean 1/8, 2/8, 5/8. Each row stands by itself. Scores of 1000, or of -1000,
must not overflow: what happens to the probabilities if the same number is taken off a whole
row?""",
    ("exp of every score, divided by its row's sum: which axis, and how do the shapes fit? Which"
     " number taken off a row makes its largest exponent 0?",
     "exp(Z - row's maximum), each row divided by its sum: axis=1, keepdims=True"),
    (
        ("exp(score) as a share of the row's: log 1, log 2, log 5 give 1/8, 2/8, 5/8",
         [(RATIOS,), ([[0.0, log(2), log(5)]],)]),
        ("each row by itself, whatever the others are",
         [(TWO,), (SQUARE,), (N(7, 3),), (N(2, 5),), ([[0.0, 0.0]],)]),
        ("scores of ±1000 do not overflow, in rows however far apart", [(Z,) for Z in HIGH]),
    ),
    """
E / E.sum(axis=1)
    # Without keepdims=True the sums (n,) are a row, and are divided along the wrong axis:
    # E.sum(axis=1, keepdims=True).
exp(Z - Z.max(axis=1)) / exp(Z - Z.max(axis=1)).sum(axis=1)
exp(Z - Z.max(axis=1)) / exp(Z - Z.max(axis=1)).sum(axis=1, keepdims=True)
    # Without keepdims=True the maxima (n,) are a row: Z.max(axis=1, keepdims=True). The sums too.
exp(Z) - Z.max(axis=1, keepdims=True); exp(Z) - Z.max()
    # The maximum is taken off after exp: inside, exp(Z - maximum).
Z / Z.sum(axis=1, keepdims=True)  # The scores themselves are divided: take exp first.
sigmoid(Z) / sigmoid(Z).sum(axis=1, keepdims=True)
    # Sigmoids divided by their sum: exp takes their place.
eye(Z.shape[1])[Z.argmax(axis=1)]  # 0 and 1: that is the answer, not its probability.
sigmoid(Z)  # The sigmoid of each score: the classes share one probability of 1.
softmax(clip(Z, log(epsilon), -log(epsilon)))
    # The scores are clipped: take off the row's maximum instead.
softmax(Z) + epsilon  # An epsilon of {epsilon} is added to the probabilities.
""",
    ways="""
np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
""",
    let="E = exp(Z - Z.max(axis=1, keepdims=True))",
)  # fmt: skip

cross_entropy = Exercise(
    "cross_entropy",
    "ten",
    """Return the mean loss of the scores Z (n, K) for the class indices y (n,): one number.

The loss of a sample is -log of the probability (of the softmax) that was given to its class
y[i]. Three equal scores cost log 3 = 1.099. Far out a probability rounds to 0 and its logarithm
is lost, but the scores still know: what is -log of the softmax, written with differences of
scores?""",
    ("Z[np.arange(n), y] picks one score in each row. -log of exp(a) / (exp(a) + exp(b) + ...) is"
     " the log of a sum: of which exponents?",
     "mean over i of log Σ_j exp(Z[i, j] - Z[i, y[i]]); np.logaddexp.reduce(..., axis=1) is"
     " log Σ exp and never overflows"),
    (
        ("equal scores cost log K (in nats), whatever comes true",
         [([[0.0, 0.0, 0.0], [2.0, 2.0, 2.0]], [2, 0]), ([[1.0, 1.0]], [1])]),
        ("-log of the target's probability: 1/8, 2/8, 5/8 cost log 8, log 4, log 8/5",
         [(RATIOS, [2, 0]), (RATIOS, [1, 1]), (RATIOS[:1], [0])]),
        ("the mean over the samples, each with its own target",
         [(SQUARE, [2, 0, 0]), (N(7, 3), Y(7, 3)), (N(2, 5), [4, 1]), (N(6, 4), Y(6, 4))]),
        ("finite and exact far out, where the probability has rounded to 0 or 1", FAR),
    ),
    """
mean(-log(P[y])); -log(P[y]).sum() / n
    # P[y] takes whole rows; P[np.arange(len(y)), y] takes one entry of each.
-(y[:, None] * log(P)).sum() / n; -(y * log(P)).sum() / n
    # y is an index, not one-hot: y times log P weighs by the number of the class.
    # P[np.arange(len(y)), y] takes the target's.
-(T * log(P) + (1 - T) * log(1 - P)).sum(axis=1).mean()
    # The other classes' log(1 - p) are added: in a softmax only the target's log p counts.
binary_cross_entropy(zy, y)
    # The loss of two classes, of the target's score: the softmax takes all classes.
mean(log(exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1)) - zy)
    # The maximum is taken off in the sum only: take it off the target's score too.
mean(-log(zy))  # The scores are taken for probabilities: first the softmax.
mean(1 - P[i, y]); mean((P - T) ** 2)
    # 1 - p of the target, or the squared error: the loss is -log p of the target.
mean(-log(P[i, y])); mean(-(T * log(P)).sum(axis=1))
    # Where a probability has rounded to 0 its logarithm is infinite, and 0 · log 0 is nan: start
    # from the scores, log Σ_j exp(Z_j - Z_y).
mean(log(exp(Z).sum(axis=1)) - zy)
    # In log Σ exp(z), exp(1000) is infinite: np.logaddexp.reduce (axis=1) gives it without
    # overflow, or take off the row's maximum.
mean(log(exp(Z - Z.max()).sum(axis=1)) - (zy - Z.max()))
    # The maximum of the whole array is taken off: a row far below it has log 0. Take off the row's
    # own maximum.
""",
    ways="""
-np.mean(np.log(softmax(Z)[i, y]))
np.mean(-(T * np.log(P)).sum(axis=1))
np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[i, y])
np.mean(np.logaddexp.reduce(Z, axis=1) - Z[i, y])
""",
    let="""
n, K = Z.shape
i, zy = arange(n), Z[arange(n), y]
P, T = softmax(Z), eye(K)[y]
""",
    booleans=("y",),
)  # fmt: skip

cross_entropy_gradient = Exercise(
    "cross_entropy_gradient",
    "ten",
    """Return the slope of cross_entropy with respect to each score, (n, K).

Z are the scores (n, K), y the class indices (n,). Derive it as for two classes: differentiate
log Σ_j exp(Z[i, j]) - Z[i, y[i]] with respect to a score of the target's class, then to another
one. The loss is a mean over n samples. For one sample with two equal scores and target 0 the
slopes are -1/2 and 1/2. numerical_gradient checks what you have found.""",
    ("The derivative of log Σ_j exp(Z_j) with respect to Z_k is a probability: which? For k = y one"
     " more term is left.",
     "(softmax(Z) - T) / n, with T the one-hot targets"),
    (
        ("of equal scores the target's should rise: (1/K - 1) / n, the others fall: 1/K / n",
         [([[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]], [2, 0]), ([[0.0, 0.0]], [0])]),
        ("probability - target, each row with its own target",
         [(RATIOS, [1, 0]), (RATIOS[:1], [2]), (SQUARE, [2, 0, 0])]),
        ("divided by n, since the loss is a mean",
         [(N(7, 3), Y(7, 3)), (N(2, 5), [4, 1]), (N(6, 4), Y(6, 4)), (N(4, 2), Y(4, 2))]),
        ("finite far out: 0 where the answer is sure and right", FAR, 1e-6),
    ),
    """
(P - eye(n)[y].max(axis=0)[:, None]) / n
    # P[y] -= 1 subtracts 1 from whole rows: P[np.arange(n), y] -= 1 from one entry of each.
(P - isin(arange(K), y)) / n
    # P[:, y] -= 1 subtracts 1 from whole columns: P[np.arange(n), y] -= 1 takes it off one entry of
    # each row.
(P[i, y] - 1) / n
    # Only the picked entries come out, (n,): the slopes of all K classes are asked for, P with 1
    # taken off there.
(P - y[:, None]) / n; (P - y) / n
    # The class index y is subtracted: subtract the one-hot target, 1 at one place.
-T / P / n
    # This is the slope with respect to the probabilities, -T / P: the chain rule goes on to the
    # scores, and softmax(Z) - T is left.
-T * (1 - P) / n
    # Only the target's own derivative (the diagonal): the other classes' scores count too.
P * (1 - P) / n  # This is the derivative of the softmax (its diagonal): the loss's is P - T.
""",
    ways="""
(softmax(Z) - T) / n
""",
    let="""
n, K = Z.shape
i, P, T = arange(n), softmax(Z), eye(K)[y]
""",
    margin=DIFFERENCES,
    booleans=("y",),
)  # fmt: skip

EXERCISES = (one_hot, softmax, cross_entropy, cross_entropy_gradient)
