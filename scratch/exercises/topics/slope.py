"""The slope: by differences, for any function; then by a formula, for the loss of two classes."""

from scratch.exercises.compare import DIFFERENCES
from scratch.exercises.record import Exercise, N, Y
from scratch.exercises.topics.two_classes import SIX, SIX_TARGETS


def function(source):
    """A function that is shown by its source."""
    f = eval(source, {"np": __import__("numpy")})
    f.__doc__ = source
    return f


SUM_OF_SQUARES = function("lambda x: (x**2).sum()")
SINES = function("lambda x: np.sin(x).sum() + x.flat[0] * x.flat[-1]")
FIRST = function("lambda x: x.flat[0] ** 3")

numerical_gradient = Exercise(
    "numerical_gradient",
    "loss",
    """Return the slope of f at x in the direction of each entry, in the shape of x.

f takes an array of the shape of x and returns a number. Move one entry a little up, then a
little down (by h each), leave the others where they are, and see how much f changes on the way.
Of x₀² + x₁² at [1, 3] the slopes are 2 and 6. x may have any shape: np.ndindex(x.shape) goes
through the places of all entries.""",
    ("A step is an array of zeros with h at one place. f at x + step, less f at x - step: over"
     " which way has it changed?",
     "entry i: (f(x + step) - f(x - step)) / (2 h), step = h at place i and 0 elsewhere"),
    (
        ("each entry by itself, in the middle of its step", [(SUM_OF_SQUARES, [1.0, 3.0, -2.0]),
                                                             (SINES, [1.0, 0.5, -2.0])]),
        ("one entry alone matters: the slopes of the others are 0", [(FIRST, [2.0, 1.0, 3.0])]),
        ("x of two dimensions", [(SINES, [[0.5, -1.0, 2.0], [0.0, 1.0, 0.3]])]),
        ("the step is h up and h down: of x³ at 1 it finds 3 + h²",
         [(FIRST, [1.0], 0.1), (FIRST, [1.0, 2.0], 0.5)]),
    ),
    """
(f(x + h) - f(x - h)) / (2 * h)
full(x.shape, (f(x + h) - f(x - h)) / (2 * h))
    # All entries are moved at once: move one, by a step that is h at its place and 0 elsewhere, and
    # do so for each.
slopes(lambda s: (f(x + s) - f(x)) / h); slopes(lambda s: (f(x + s) - f(x)) / (2 * h))
    # The difference is one-sided: f(x + step) - f(x - step) over 2 h has a far smaller error.
slopes(lambda s: (f(x + s) - f(x - s)) / 2 * h)  # a / 2 * h is (a / 2) * h: brackets, a / (2 * h).
slopes(lambda s: (f(x + s) - f(x - s)) / h)  # From x - h to x + h the way is 2 h: divide by that.
slopes(central, growing=True)
    # The step keeps the h of the entries before: make a new array of zeros for each, or set the
    # place back to 0.
slopes(central, range(len(x))); slopes(central, range(len(x))).reshape(len(x), -1)[:, 0]
    # The rows of x are moved as a whole: range(len(x)) counts rows, and np.ndindex(x.shape) goes
    # through the places of all entries.
gradient(x)
    # np.gradient takes differences of neighbouring numbers in an array: here f is to be evaluated.
slopes(lambda s: (f(s) - f(-s)) / (2 * h))
    # f is taken at the step alone: at x + step and x - step.
slopes(lambda s: (f(x + s) - f(x - s)) / (2 * 1e-5))  # h is an argument: divide by 2 h with it.
""",
    let="""
def slopes(way, places=None, growing=False):
    found, s = zeros(x.shape), zeros(x.shape)
    for i in places or ndindex(x.shape):
        s = s if growing else zeros(x.shape)
        s[i] = h
        found[i] = way(s)
    return found
h = globals().get("h", 1e-5)
central = lambda s: (f(x + s) - f(x - s)) / (2 * h)
""",
    margin=DIFFERENCES,
)  # fmt: skip

binary_cross_entropy_gradient = Exercise(
    "binary_cross_entropy_gradient",
    "loss",
    """Return the slope of binary_cross_entropy with respect to each score, (n,).

z are the scores (n,), y the targets (n,) of 0 and 1. Derive it: differentiate log(1 + exp(-z)),
the loss for y = 1, then log(1 + exp(z)), that for y = 0, and write both as one expression of
σ(z) and y. The loss is a mean over n samples: what does that do to the slope of one? For one
sample with score 0 and target 1 the slope is -1/2: a higher score would cost less.
numerical_gradient checks what you have found.""",
    ("The derivative of log(1 + exp(-z)) is -exp(-z) / (1 + exp(-z)): which probability is that?"
     " What comes out of log(1 + exp(z))? One difference holds both.",
     "(σ(z) - y) / n: probability less target, over the number of samples"),
    (
        ("an even chance: the slope is (1/2 - y) / n", [([0.0, 0.0, 0.0], [1, 0, 1]), ([0.0], [1]),
                                                     ([0.0], [0])]),
        ("every sample by itself", [([1.0, -2.0, 0.5], [1, 0, 0]), ([3.0], [1]), ([3.0], [0])]),
        ("divided by n, since the loss is a mean",
         [(SIX, SIX_TARGETS), (N(7), Y(7)), (N(4), Y(4))]),
        ("finite far out: 0 for right answers, -1/n or 1/n for wrong ones",
         [([800.0, -800.0, 800.0, -800.0], [1, 0, 0, 1]), ([1e4, -1e4], [0, 1]), ([40.0], [1])],
         1e-6),
    ),
    """
full(n, (p[0] - y[0]) / n)
    # The first sample's slope for all: is the index in the loop always 0?
mean(p - y) * ones(n)  # The mean of all residuals: each score has its own slope.
p * (1 - p) / n
    # This is the derivative of σ: the chain rule multiplies it by the slope of the loss, and p - y
    # is left.
(p - y) / (p * (1 - p)) / n
    # This is the slope with respect to p: by the chain rule multiply by p (1 - p), which cancels.
(-y / p + (1 - y) / (1 - p)) * p * (1 - p) / n
    # Far out p or 1 - p is 0, and 0/0 is nan: the product shortens to p - y.
(p - mean(y)) / n  # The mean of the targets is subtracted: each sample has its own target.
gradient(logaddexp(0, where(y == 1, -z, z)))
    # np.gradient takes differences of neighbours: the slope is that of the loss, with respect to
    # each score.
-y * sigmoid(-y * z) / n
    # For y = 0 the slope is σ(z) / n, not 0. (A formula for targets -1 and 1 gives 0 there: here
    # they are 0 and 1.)
where(y == 1, 0, p) / n  # For y = 1 the slope is (σ(z) - 1) / n, not 0.
where(y == 1, -p, p) / n  # For y = 1 the slope is σ(z) - 1, not -σ(z).
where(y == 1, p - 1, 1 - p) / n  # For y = 0 the slope is σ(z), not 1 - σ(z).
(exp(z) / (1 + exp(z)) - y) / n  # exp(z) overflows, and inf / inf is nan: use your sigmoid.
(p - y) * z / n
    # Multiplied by z: that is the slope with respect to a weight; with respect to the score it is p
    # - y.
where(y == 1, -log(p), -log(1 - p)) / n  # These are the losses: their slopes are asked for.
""",
    ways="""
np.where(y == 1, sigmoid(z) - 1, sigmoid(z)) / n
""",
    let="n = len(z); p = 1 / (1 + exp(-z))",
    margin=DIFFERENCES,
    booleans=("y",),
)  # fmt: skip

EXERCISES = (numerical_gradient, binary_cross_entropy_gradient)
