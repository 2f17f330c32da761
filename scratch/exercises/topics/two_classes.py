"""Scores, the sigmoid, answers, and the loss of two classes."""

from math import log

import numpy as np

from scratch.exercises.record import Exercise, N, Y

FAR = [[40.0, -40.0], [100.0, -100.0], [800.0, -800.0], [1e4, -1e4, 0.0]]
FAR_ANSWERS = [(z, y) for z in FAR[:3] for y in ([1, 1], [0, 0], [0, 1])]
SIX = [-3.0, -1.0, -0.25, 0.5, 2.0, 4.0]
SIX_TARGETS = [1, 0, 1, 1, 0, 1]


def never_overflows(exercise, f):
    """Raise what NumPy only warns of."""
    for z in FAR:
        call = exercise.call(f, (z,))
        with np.errstate(all="ignore", over="raise"):
            try:
                f(np.array(z))
            except FloatingPointError as error:
                said = f"a RuntimeWarning: {error}"
                raise call.broken(said, "the same without an overflow", OVERFLOW) from None


OVERFLOW = (
    "exp of a large number overflows. exp(-|z|), np.exp(-np.abs(z)), never does, and both formulas"
    " can be written with it: 1 / (1 + exp(-|z|)) at and above 0, exp(-|z|) / (1 + exp(-|z|))"
    " below. np.where computes both of its branches, also where they are not taken."
)

linear_scores = Exercise(
    "linear_scores",
    "loss",
    """Return the score of each sample: its features weighted and added up, plus an intercept.

X is (n, d), one sample a row. For two classes W is (d,), one weight a feature, b is one number,
and the scores are (n,). For K classes W is (K, d), a row of weights for each class, b is (K,),
and the scores are (n, K). One expression serves both. The sample [1, 2] with the weights [3,
-1] and the intercept 0.5 has the score 1.5. What is the product of which shapes?""",
    ("X is (n, d) and W is (K, d): in A @ B the inner lengths must agree. What does .T do to (d,)?",
     "X @ W.T + b"),
    (
        ("two classes: the sum of weight times feature, plus b",
         [([[1.0, 2.0], [0.0, 1.0], [2.0, -1.0]], [3.0, -1.0], 0.5), (N(4, 2), N(2), -1.0)]),
        ("K classes: a column of scores for each",
         [(N(4, 2), N(3, 2), N(3)), (N(3, 3), N(3, 3), N(3)), (N(1, 3), N(2, 3), N(2))]),
    ),
    """
X @ W + b  # X is (n, d) and W is (K, d): the product of rows with rows is X @ W.T.
W @ X.T + b  # The samples have become columns: X @ W.T, not W @ X.T.
X * W + b; (X * W).sum(axis=1) + b
    # * multiplies entry by entry: a score is the sum of a row of X times a row of W, X @ W.T.
(X * W).sum(axis=0) + b  # The sum runs over the samples: it is over the features, X @ W.T.
(X * W).sum() + b  # The sum runs over all samples: each has its own (axis=1, or X @ W.T).
X @ (W + b).T  # b is added to the weights: it is added to the score.
X @ W[0] + b[0]  # Only the first class is scored.
""",
)  # fmt: skip

sigmoid = Exercise(
    "sigmoid",
    "loss",
    """Return the probability of class 1 for each score, in the shape of z.

A score z is the logarithm of the odds p : (1 - p). So score 0 is an even chance, 1/2, and score
log 3 means three to one, 3/4. Solve z = log(p / (1 - p)) for p. Scores may be large, 1000 or
-1000: what comes out is 1 and 0, and exp must not overflow on the way.""",
    ("Two formulas are the same number: 1 / (1 + exp(-z)) and exp(z) / (1 + exp(z)). One overflows"
     " far below 0, the other far above. Which exponent is never above 0 on either side?",
     "With e = exp(-|z|): 1 / (1 + e) where z >= 0, e / (1 + e) elsewhere. np.where picks the"
     " numerator."),
    (
        ("score 0 means an even chance: 1/2; log 3 means three to one: 3/4, -log 3 means 1/4",
         [([0.0, log(3), -log(3)],), ([0.0],)]),
        ("each entry by itself", [(SIX,), (N(5),), ([1.0],)]),
        ("whole numbers are scores too", [([-1, 0, 2],)]),
        ("far out it is 0 and 1, never nan", [(z,) for z in FAR]),
        ("exp is never asked for what overflows", never_overflows),
    ),
    """
exp(z) / (1 + exp(z))
    # Above 709 exp(z) is inf, and inf / inf is nan: where z > 0 divide both by exp(z), which gives
    # 1 / (1 + exp(-z)).
exp(-z) / (1 + exp(-z))  # This is the probability of class 0: the numerator is 1.
1 / 1 + exp(-z); 1 / 1 + exp(-abs(z))  # 1 / 1 + e is (1 / 1) + e: brackets, 1 / (1 + ...).
1 / (1 + exp(-abs(z)))
    # The same for z and -z: |z| keeps exp small, and below 0 the numerator is exp(-|z|), not 1.
where(z > 0, 1 / (1 + exp(-z)), exp(-z) / (1 + exp(-z)))
    # The branch below 0 is exp(z) / (1 + exp(z)): the sign of the exponent differs there.
where(z >= 0, 1 / (1 + exp(-z)), 0); where(z > 0, 1 / (1 + exp(-z)), 0)
    # Below 0 nothing is computed: there it is exp(z) / (1 + exp(z)).
tanh(z)  # tanh runs from -1 to 1. The sigmoid is (1 + tanh(z / 2)) / 2.
(z > 0).astype(float); (sign(z) + 1) / 2
    # 0 or 1 comes out: that is the answer, not its probability.
exp(-z)  # This is exp(-z) only: 1 / (1 + exp(-z)).
sigmoid(z) * (1 - sigmoid(z))  # This is the derivative σ(1 - σ): σ itself is asked for.
log(1 + exp(z))  # This is the loss log(1 + exp(z)): the probability is its slope.
exp(z) / exp(z).sum()  # This is a softmax over the samples: each score by itself.
sigmoid(z).astype(z.dtype)
    # The result has the type of z: of whole numbers z, fractions are cut to 0. np.zeros(z.shape)
    # holds fractions, np.zeros_like(z) what z holds.
clip(sigmoid(z), epsilon, 1 - epsilon)
    # Clipped to {epsilon}: the sigmoid needs no clipping, far out it is 0 and 1.
if z >= 0: pass
1 / (1 + exp(-z))
    # `if z >= 0` needs one truth value, and z has many: np.where(z >= 0, a, b) chooses for each
    # entry.
""",
    ways="""
1 / (1 + np.exp(-z))
np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))
""",
)  # fmt: skip

predict = Exercise(
    "predict",
    "loss",
    """Return the class of each sample, (n,) whole numbers: the one with the highest score.

For K classes the scores Z are (n, K), and of equal scores the first class wins: [1, 3, 2] is
class 1. For two classes there is one score, (n,), that of class 1; class 0 has the score 0. So
[-2, 0, 3] is [0, 0, 1]. Z.ndim tells the two apart.""",
    ("For two classes: when is the score of class 1 the higher of the two? For K: np.argmax, along"
     " which axis?",
     "(Z > 0).astype(int) if Z.ndim == 1, else Z.argmax(axis=1)"),
    (
        ("two classes: 1 where the score is above 0", [([-3.0, 0.25, 3.0, 0.75, 0.4],), (N(6),)]),
        ("K classes: the index of the highest score in each row",
         [([[1.0, 3.0, 2.0], [4.0, 0.0, 1.0]],), (N(5, 4),), (N(3, 2),)]),
        ("a score of 0 is class 0; of equal scores the first wins",
         [([0.0, 1.0],), ([[2.0, 2.0, 1.0], [0.0, 0.0, 0.0]],)]),
    ),
    """
(Z > 0)  # False and True come out: .astype(int) makes 0 and 1 of them. (K classes: argmax.)
Z.argmax(axis=0)  # The highest of each column: the classes of a sample are its row (axis=1).
argmax(Z)
    # One index of the whole array: each row has its own (axis=1), and two classes have one score a
    # sample, which is compared with 0.
where(Z > 0, 1, -1); sign(Z)  # The classes are 0 and 1, not -1 and 1.
(Z >= 0).astype(int); (Z >= 0).astype(int) if Z.ndim == 1 else Z.argmax(axis=1)
    # A score of exactly 0 is a tie, and of equal scores the first class wins: 0.
(Z > 0.5).astype(int); (Z > 0.5).astype(int) if Z.ndim == 1 else Z.argmax(axis=1)
    # The scores are compared with 1/2: that is the threshold of probabilities. A score is above 0
    # where the probability is above 1/2.
(Z < 0).astype(int)  # The answers are exchanged: class 1 is where the score is above 0.
(Z > 0).astype(int) if Z.ndim == 1 else Z.shape[1] - 1 - Z[:, ::-1].argmax(axis=1)
    # Of equal scores the first class wins, not the last.
""",
)  # fmt: skip

binary_cross_entropy = Exercise(
    "binary_cross_entropy",
    "loss",
    """Return the mean loss of the scores z (n,) for the targets y (n,) of 0 and 1: one number.

The loss of a sample is -log of the probability that was given to what came true: p for y = 1, 1
- p for y = 0, with p = σ(z). The logarithm is the natural one. An even chance costs log 2 =
0.693. Far out p rounds to 0 or 1 and its logarithm is lost, but z still knows: a score of -1000
for what came true costs 1000. What is -log σ(z), written without a probability?""",
    ("Do not compute the probability. For y = 1 the loss is log(1 + exp(-z)); and for y = 0? One"
     " formula serves both if the sign of z is turned first. np.logaddexp(a, b) is"
     " log(exp(a) + exp(b)), and never overflows.",
     "mean of log(1 + exp(-m)) with m = z where y is 1, -z where y is 0; that is"
     " np.logaddexp(0, -m)"),
    (
        ("an even chance costs log 2 = 0.693 (in nats), whichever comes true",
         [([0.0, 0.0, 0.0], [1, 0, 0]), ([0.0], [1])]),
        ("both kinds of targets count: -log σ(z) for y = 1, -log(1 - σ(z)) for y = 0",
         [([1.0, 2.0, -3.0], [1, 0, 0]), ([2.0], [1]), ([2.0], [0]), ([-0.5, 1.5, 3.0], [1, 1, 1]),
          ([-0.5, 1.5, 3.0], [0, 0, 0])]),
        ("the mean over the samples", [(SIX, SIX_TARGETS), (N(7), Y(7)), (N(5), Y(5))]),
        ("finite and exact far out, where the probability has rounded to 0 or 1", FAR_ANSWERS),
    ),
    """
set_anew(0); set_anew(1)  # In one branch the total is set anew (=): add to it in both (+=).
mean(logaddexp(0, z) - y); logaddexp(0, z) - y
    # The loss for y = 0 is log(1 + exp(z)); for y = 1 it is that minus z: y * z, not y. Then the
    # mean over the samples.
mean(each[y == 1]) + mean(each[y == 0])
    # The two kinds of samples have a mean each: there is one mean, over all.
mean(y * logaddexp(0, -z)); mean(each[y == 1])
    # Only the samples with y = 1 count: those with y = 0 cost -log(1 - p).
mean(logaddexp(0, -y * z))  # This formula is for targets -1 and 1: here they are 0 and 1.
-mean(y * log(z) + (1 - y) * log(1 - z)); -mean(y * z + (1 - y) * (1 - z))
    # z is taken for a probability: it is the score, p = σ(z).
mean((p - y) ** 2); mean(abs(p - y))  # The distance of p from y, or its square: it is -log p.
-mean(log(abs(p - y))); mean(-log(p)[y == 0])
    # |p - y| is the probability of what did not come true: that of what did is 1 - |p - y|.
mean(where(y == 1, -log(p), -log(1 - p))); -mean(y * log(p) + (1 - y) * log(1 - p))
    # Far out p has rounded to 0 or 1: its logarithm is infinite, and 0 · log 0 is nan. Start from
    # the score, -log σ(z) = log(1 + exp(-z)).
mean(log(1 + exp(where(y == 1, -z, z))))
    # exp overflows: np.logaddexp(0, v) is log(1 + exp(v)), also where exp(v) is infinite.
mean(-log(where(y == 1, p, 1 - p) + epsilon))
mean(-log(where(y == 1, clip(p, epsilon, 1 - epsilon), 1 - clip(p, epsilon, 1 - epsilon))))
    # An epsilon of {epsilon} is added to p, or p is clipped to it: far out the loss goes on growing
    # with |z|. Start from the score, -log σ(z) = log(1 + exp(-z)).
""",
    ways="""
-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
np.mean(np.logaddexp(0, z) - y * z)
np.mean(-np.log(np.where(y == 1, p, 1 - p)))
np.mean(np.log(1 + np.exp(np.where(y == 1, -z, z))))
""",
    let="""
n = len(z); p = 1 / (1 + exp(-z)); each = logaddexp(0, where(y == 1, -z, z))
set_anew = lambda kind: each[max(flatnonzero(y == kind), initial=0):].sum() / n
""",
    booleans=("y",),
)  # fmt: skip

EXERCISES = (linear_scores, sigmoid, predict, binary_cross_entropy)
