"""One-hot targets, the softmax, cross-entropy and its slope."""
# ruff: noqa: E501 (a slip is a line of a table)

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
whole_rows()  # T[y] = 1 sets whole rows: T[np.arange(n), y] = 1 sets one place in each.
all_places()  # T[:, y] = 1 sets whole columns: T[np.arange(n), y] = 1 sets one place each.
eye(n_classes)[y].T  # The samples have become columns: a row for each sample.
eye(len(unique(y)))[y]; eye(y.max() + 1)[y]
    # The classes are counted in y: there are n_classes columns, also where some do not occur.
eye(n_classes + 1)[y]  # One column too many: the classes are 0 to n_classes - 1.
eye(n_classes)[y - 1]  # The classes count from 0: y is the place itself, not y - 1.
1 - eye(n_classes)[y]  # 1 and 0 are exchanged.
eye(n_classes)  # These are the rows for the classes: pick one for each sample, [y].
eye(len(y), n_classes)  # The 1 stands on the diagonal: it stands at place y[i].
eye(n_classes)[y].argmax(axis=1)  # This is y again: rows of 0 and 1 are asked for.
eye(n_classes)[y].sum(axis=0)  # These are the counts of the classes: a row for each sample.
eye(n_classes)[y] == 1  # False and True come out: .astype(float) makes numbers of them.
zeros((len(y), n_classes))  # Only zeros: is the 1 ever set?
""",
    ways="""
(y[:, None] == np.arange(n_classes)) * 1.0
""",
    let="""
def whole_rows():
    T = zeros((len(y), n_classes))
    T[y] = 1
    return T
def all_places():
    T = zeros((len(y), n_classes))
    T[:, y] = 1
    return T
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
exp(Z) / exp(Z).sum(axis=1, keepdims=True)
    # exp overflows, or all of a row is 0, and inf/inf and 0/0 are nan: take off the row's maximum
    # first, which cancels.
nan_to_num(exp(Z) / exp(Z).sum(axis=1, keepdims=True))
    # nan is turned into a number that is wrong: take off the row's maximum before exp.
exp(Z - Z.max()) / exp(Z - Z.max()).sum(axis=1, keepdims=True)
    # The maximum of the whole array is taken off: a row far below it becomes 0/0. Each row has its
    # own, Z.max(axis=1, keepdims=True), not Z.max().
exp(Z - Z.max(axis=0)) / exp(Z - Z.max(axis=0)).sum(axis=1, keepdims=True)
    # Each column's maximum is taken off, which does not cancel: each row's does (axis=1).
exp(Z - Z.mean(axis=1, keepdims=True)) / exp(Z - Z.mean(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
    # The row's mean is not enough: the maximum makes the largest exponent 0.
softmax(Z.T).T; E / E.sum(axis=0)
    # The softmax runs over the samples (axis 0): a row holds the classes, axis=1.
E / E.sum(); exp(Z) / exp(Z).sum()
    # The sum runs over the whole array: each row has its own (axis=1).
E / E.sum(axis=1); exp(Z) / exp(Z).sum(axis=1)
    # Without keepdims=True the sums (n,) are a row, and are divided along the wrong axis:
    # E.sum(axis=1, keepdims=True).
exp(Z - Z.max(axis=1)) / exp(Z - Z.max(axis=1)).sum(axis=1)
    # Without keepdims=True the maxima (n,) are a row: Z.max(axis=1, keepdims=True), and the sums
    # too.
exp(Z - Z.max(axis=1)) / exp(Z - Z.max(axis=1)).sum(axis=1, keepdims=True)
    # Without keepdims=True the maxima (n,) are a row beside (n, K): Z.max(axis=1, keepdims=True).
E; exp(Z)  # Not divided by their sum: the rows must sum to 1.
exp(Z) - Z.max(axis=1, keepdims=True)
(exp(Z) - Z.max(axis=1, keepdims=True)) / (exp(Z) - Z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
exp(Z) - Z.max()
    # The maximum is taken off after exp: inside, exp(Z - maximum).
E / Z.shape[1]; exp(Z) / Z.shape[1]  # Divided by K: divide by the row's sum.
E.mean(axis=1)  # One number a row: each class has its probability.
exp(Z) / exp(Z).max(axis=1, keepdims=True)  # Divided by the largest: divide by the row's sum.
Z / Z.sum(axis=1, keepdims=True)  # The scores themselves are divided: take exp first.
sigmoid(Z)  # The sigmoid of each score: the classes share one probability of 1.
sigmoid(Z) / sigmoid(Z).sum(axis=1, keepdims=True)
    # Sigmoids divided by their sum: exp takes their place.
log(E / E.sum(axis=1, keepdims=True))  # The logarithm of the softmax comes out.
eye(Z.shape[1])[Z.argmax(axis=1)]  # 0 and 1: that is the answer, not its probability.
softmax(-Z)  # The sign is the wrong way round: a higher score is more probable.
softmax(softmax(Z))  # The softmax is applied twice: probabilities are taken for scores.
softmax(Z * log(2))  # A power of 2: np.exp is a power of e.
softmax(Z * log(10))  # A power of 10: np.exp is a power of e.
(E / E.sum(axis=1, keepdims=True))[0]
    # Only the first row comes out: is the return inside the loop?
(E / E.sum(axis=1, keepdims=True))[-1]  # Only the last row comes out: keep each one.
(E / E.sum(axis=1, keepdims=True)).tolist()
    # A list of lists comes out: np.array(...) makes an array.
softmax(clip(Z, log(epsilon), -log(epsilon)))
    # The scores are clipped: take off the row's maximum instead.
clip(softmax(Z), epsilon, 1 - epsilon)
    # The probabilities are clipped to {epsilon}: they need not be.
E / (E.sum(axis=1, keepdims=True) + epsilon)
    # An epsilon of {epsilon} is added to the sum, so no row sums to 1: with the row's maximum taken
    # off the sum is at least 1.
softmax(Z) + epsilon  # An epsilon of {epsilon} is added to the probabilities.
E ** 2 / (E ** 2).sum(axis=1, keepdims=True)  # exp is taken of twice the score, or squared.
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
    ("Z[np.arange(n), y] picks one score in each row. -log of exp(a) / (exp(a) + exp(b) + ...) is the"
     " log of a sum: of which exponents?",
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
each.sum()  # The sum over the samples: the mean is asked for.
each[0] / n  # Only the first sample is counted: is the return inside the loop?
each[0]  # Only the first sample counts: is the return inside the loop?
each[-1]; each[-1] / n  # Only the last sample counts: add up in the loop (+=), return after it.
each  # The losses come one by one: their mean is asked for.
-each.mean()  # The minus sign is missing: log of a probability is negative, the loss is -log.
mean(-log(P[y])); -log(P[y]).sum() / n; -log(softmax(Z)[y])
    # P[y] takes whole rows; P[np.arange(len(y)), y] takes one entry of each.
mean(-log(P[y, y]))  # P[y, y] takes rows by class too: P[np.arange(len(y)), y].
mean(-log(P[:, y])); -log(P[:, y]).sum() / n
    # P[:, y] takes these columns of every row: P[np.arange(len(y)), y] takes one entry of each.
mean(-log(P))
    # The mean runs over all classes: only the target's probability counts, P[np.arange(len(y)), y].
-log(P).sum() / n
    # The sum runs over all classes: only the target's probability counts, P[np.arange(len(y)), y].
mean(-log(P[:, 0]))
    # The probability of class 0 is taken for every sample: that of its target, P[np.arange(len(y)),
    # y].
mean(-log(P[:, 1]))
    # The probability of class 1 is taken for every sample: that of its target, P[np.arange(len(y)),
    # y].
mean(-log(P.max(axis=1)))  # The most probable class is taken: the one that came true counts, y.
mean(-T * log(P)); mean(-T * logP)
    # The mean runs over the classes too: sum over them (axis=1), then the mean over the samples.
-(T * log(P)).sum()  # The sum over the samples: divide by n.
-(y[:, None] * log(P)).sum() / n; -(y * log(P)).sum() / n; -mean(y * log(P))
-mean(y[:, None] * log(P)); -mean((y[:, None] * log(P)).sum(axis=1))
-sum(y * log(P), axis=1).mean(); -mean(y @ log(P))
    # y is an index, not one-hot: y times log P weighs by the number of the class.
    # P[np.arange(len(y)), y] takes the target's.
-(T * log(P) + (1 - T) * log(1 - P)).sum(axis=1).mean()
    # The other classes' log(1 - p) are added: in a softmax only the target's log p counts.
-mean(T * log(P) + (1 - T) * log(1 - P))
    # The other classes' log(1 - p) count too: only the target's log p does.
binary_cross_entropy(zy, y)
    # The loss of two classes, of the target's score: the softmax takes all classes.
binary_cross_entropy(zy, ones(n))
    # The sigmoid of the target's score: the softmax takes all classes.
mean(log(exp(Z).sum()) - zy)  # log Σ exp over the whole array: each row has its own (axis=1).
mean(logaddexp.reduce(Z) - zy); mean(logaddexp.reduce(Z - zy[:, None]))
mean(logaddexp.reduce(Z - zy[:, None], axis=0)); mean(logaddexp.reduce(Z, axis=0) - zy)
    # logaddexp.reduce without axis runs over the samples: axis=1.
mean(logaddexp.reduce(Z - zy, axis=1))
    # Z[np.arange(n), y] is (n,), a row beside (n, K): [:, None] makes a column of it.
mean(logaddexp.reduce(Z, axis=1))
    # The target's score is not subtracted: log Σ exp(Z) - Z[i, y[i]].
mean(logaddexp.reduce(Z, axis=1) + zy)  # The target's score is added: subtract it.
mean(exp(Z).sum(axis=1) - zy)  # The logarithm of the sum is missing.
mean(-zy)  # Only the target's score: log Σ exp of its row is added.
mean(Z.max(axis=1) - zy)
    # The largest score takes the place of log Σ exp: this is the cost of an answer, not of a
    # probability.
mean(log(exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1)) - zy)
    # The maximum is taken off in the sum only: add it again, or take it off the target's score too.
mean(-log(softmax(P)[i, y]))  # The softmax is applied twice.
mean(-log(zy))  # The scores are taken for probabilities: first the softmax.
-log(mean(P[i, y]))  # First the logarithm, then the mean.
mean(1 - P[i, y])  # 1 - p of the target: the loss is -log p.
mean((P - T) ** 2); ((P - T) ** 2).sum(axis=1).mean()
    # This is the squared error: the loss is -log p of the target.
mean((logaddexp.reduce(Z, axis=0) - Z)[i, y]); mean(-log(softmax(Z.T).T[i, y]))
    # The softmax runs over the samples (axis 0): axis=1.
mean(-log(P[i, y - 1]))  # The classes count from 0: P[i, y], not y - 1.
-(P * log(P)).sum(axis=1).mean()  # This is the entropy of P: only the target's log p counts.
mean(-log(exp(zy) / exp(Z).sum()))
    # The sum runs over the whole array: each row has its own (axis=1).
mean(-log(P[i, y]))
    # Where the probability has rounded to 0 its logarithm is infinite: start from the scores, log
    # Σ_j exp(Z_j - Z_y).
mean(-(T * log(P)).sum(axis=1))
    # Where a probability has rounded to 0, 0 · log 0 is nan: start from the scores, log Σ_j exp(Z_j
    # - Z_y).
mean(log(exp(Z).sum(axis=1)) - zy)
    # In log Σ exp(z), exp(1000) is infinite: np.logaddexp.reduce (axis=1) gives it without
    # overflow, or take off the row's maximum.
mean(-log(exp(Z) / exp(Z).sum(axis=1, keepdims=True))[i, y])
    # exp overflows: start from the scores, log Σ_j exp(Z_j - Z_y), with np.logaddexp.reduce.
mean(log(exp(Z - Z.max()).sum(axis=1)) - (zy - Z.max()))
    # The maximum of the whole array is taken off: a row far below it has log 0. Take off the row's
    # own maximum.
mean(-log(P[i, y] + epsilon))
    # An epsilon of {epsilon} is added to p: far out the loss goes on growing. Start from the
    # scores, log Σ_j exp(Z_j - Z_y).
mean(-log(clip(P[i, y], epsilon, 1 - epsilon)))
    # p is clipped to {epsilon}: far out the loss goes on growing. Start from the scores, log Σ_j
    # exp(Z_j - Z_y).
mean(-log(maximum(P[i, y], epsilon)))
    # p is clipped from below at {epsilon}: start from the scores, log Σ_j exp(Z_j - Z_y).
""",
    ways="""
-np.mean(np.log(P[i, y]))
np.mean(-(T * np.log(P)).sum(axis=1))
np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[i, y])
np.mean(np.logaddexp.reduce(Z, axis=1) - Z[i, y])
""",
    let="""
n, K = Z.shape
i = arange(n)
P = softmax(Z)
T = eye(K)[y]
logP = Z - logaddexp.reduce(Z, axis=1, keepdims=True)
zy = Z[i, y]
each = -logP[i, y]
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
    ("The derivative of log Σ_j exp(Z_j) with respect to Z_k is a probability: which? For k = y one more"
     " term is left.",
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
P - T  # 1/n is missing: the loss is a mean over n samples.
(P - T) / Z.size  # Divided by n K: the mean runs over the n samples only.
(P - T) / K  # Divided by K: the mean runs over the n samples.
P - T / n  # Only T is divided by n: (P - T) / n, in brackets.
P / n - T  # Only P is divided by n: (P - T) / n, in brackets.
(T - P) / n  # The sign is the wrong way round: probability - target.
P / n  # The targets are not subtracted: subtract 1 at the target's place.
P  # The targets are not subtracted, nor is it divided by n.
-T / n  # The probabilities are missing: softmax(Z) - T.
taken_off_rows() / n
    # P[y] -= 1 subtracts 1 from whole rows: P[np.arange(n), y] -= 1 from one entry of each.
taken_off_columns() / n
    # P[:, y] -= 1 subtracts 1 from whole columns: P[np.arange(n), y] -= 1 takes it off one entry of
    # each row.
taken_off_rows()
    # P[y] -= 1 subtracts 1 from whole rows: P[np.arange(n), y] -= 1 from one entry of each. And
    # divide by n.
taken_off_columns()
    # P[:, y] -= 1 subtracts 1 from whole columns: P[np.arange(n), y] -= 1 takes it off one entry of
    # each row. And divide by n.
(P[i, y] - 1) / n; P[i, y] - 1; P[i, y] / n
    # Only the picked entries come out, (n,): the slopes of all K classes are asked for, P with 1
    # taken off there.
(P - y[:, None]) / n; (P - y) / n; P - y; P - y[:, None]
    # The class index y is subtracted: subtract the one-hot target, 1 at one place.
(Z - T) / n  # The scores less the targets: the probabilities, softmax(Z), less the targets.
(sigmoid(Z) - T) / n  # The sigmoid of each score: of K classes it is the softmax.
(exp(Z) - T) / n  # exp of the scores is not divided by its row's sum: softmax(Z).
(softmax(Z.T).T - T) / n  # The softmax runs over the samples (axis 0): axis=1.
-T / P / n; -T / P
    # This is the slope with respect to the probabilities, -T / P: the chain rule goes on to the
    # scores, and softmax(Z) - T is left.
(P - T) * P * (1 - P) / n; (P - T) * P * (1 - P)
    # This is the squared error's, with its factor P (1 - P): in cross- entropy the factor cancels.
-T * (1 - P) / n; T * (P - 1) / n
    # Only the target's own derivative (the diagonal): the other classes' scores count too.
P * (1 - P) / n  # This is the derivative of the softmax (its diagonal): the loss's is P - T.
(P - T).sum(axis=0) / n; (P - T).mean(axis=0)
    # Summed over the samples: each score has its slope, (n, K).
(P - T).sum(axis=1) / n  # Summed over the classes: each score has its slope, (n, K).
(P - T).mean()  # One number: each score has its slope, (n, K).
(P - T).T / n  # The transpose: a row for each sample.
(P.round() - T) / n; (eye(K)[Z.argmax(axis=1)] - T) / n
    # Answers take the place of probabilities: softmax(Z) - T.
(P + T) / n  # The targets are added: subtract them.
(P - T / n) / n  # The 1 is divided by n twice: P - T, then all divided by n.
(P - roll(T, -1, axis=1)) / n  # The classes count from 0: 1 is subtracted at y, not at y - 1.
(exp(Z) / exp(Z).sum(axis=1, keepdims=True) - T) / n
    # exp overflows: take off the row's maximum, or call your softmax.
(clip(P, epsilon, 1 - epsilon) - T) / n
    # The probabilities are clipped to {epsilon}: no logarithm is taken, so nothing needs it.
""",
    ways="""
(softmax(Z) - T) / n
""",
    let="""
n, K = Z.shape
i = arange(n)
P = softmax(Z)
T = eye(K)[y]
def taken_off_rows():
    G = softmax(Z)
    G[y] -= 1
    return G
def taken_off_columns():
    G = softmax(Z)
    G[:, y] -= 1
    return G
""",
    margin=DIFFERENCES,
    booleans=("y",),
)  # fmt: skip

EXERCISES = (one_hot, softmax, cross_entropy, cross_entropy_gradient)
