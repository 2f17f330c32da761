"""Slips that any function may have: arguments, results and numbers changed in a known way."""

from itertools import permutations
from math import log

import numpy as np


def table(text):
    """The rows of a text: parts between arrows. An indented line goes on with the one before."""
    return [line.split(" => ") for line in text.replace("\n    ", " ").strip().splitlines()]


def targets(arguments):
    """The targets among the arguments, or None."""
    return arguments.get("y", arguments.get("y_true"))


# An argument, what a function sees in its place, and what to tell.
ARGUMENTS = table("""
y => 1 - y => The targets are exchanged, 0 for 1 and 1 for 0.
y => 2 * y - 1 => The targets are taken as -1 and 1: here they are 0 and 1.
y => y - 1 => The classes count from 0: y is the place itself, not y - 1.
y => y + 1 => The classes count from 0: y is the place itself, not y + 1.
y => np.ones_like(y) => Every target is taken for 1: those that are 0 count too.
y => np.zeros_like(y) => Every target is taken for 0.
Z => -Z => The sign of the scores is the wrong way round.
Z => softmax(Z) => The softmax is applied twice: probabilities are taken for scores.
Z => Z * log(2) => A power of 2: np.exp is a power of e.
Z => Z * log(10) => A power of 10: np.exp is a power of e.
Z => 2 * Z => The scores count twice.
z => -z => The sign of the scores is the wrong way round: exp(-z) for class 1.
z => 2 * z => The scores count twice: exp(-z) ** 2 is exp(-2 z).
z => 1 / (1 + np.exp(-z)) => The sigmoid is applied twice.
z => np.log(z / (1 - z)) => The scores are taken for probabilities.
z => z * log(2) => A power of 2: np.exp is a power of e.
z => z * log(10) => A power of 10: np.exp is a power of e.
scores => -scores => The order is turned round: a high score means 1.
alpha => 0.0 => The penalty is left out: alpha does not take part.
alpha => 2 * alpha => The penalty is twice too strong: α/2 · Σ W² has the slope α W.
alpha => alpha / 2 => The penalty is half as strong as it should be: α/2 · Σ W² has the slope α W.
alpha => -alpha => The penalty's sign: it shrinks the weights.
alpha => alpha / len(X) =>
    The penalty is divided by the number of samples: each step has it in full.
alpha => alpha / eta => The penalty is not multiplied by η.
eta => 1.0 => The step size η does not take part.
eta => -eta => Uphill: the step is taken along the slope, and goes against it.
eta => 2 * eta => The step is twice too large.
eta => eta / 2 => The step is half of what it should be.
eta => eta * len(X) => The step is n times too large: the slope of a mean is asked for, with 1/n.
eta => eta / len(X) => The step is divided by n once too often.
n_epochs => 1 =>
    This is where the first epoch ends: the zero weights before the loop, once; the return after it;
    minibatches called inside, since its batches are used up.
n_epochs => n_epochs - 1 => One epoch too few: range(n_epochs) has n_epochs of them.
n_epochs => n_epochs + 1 => One epoch too many: range(n_epochs) has n_epochs of them.
n_epochs => 0 => The weights stay as they begin: keep what a step returns.
batch_size => len(X) => One step an epoch, with all samples: a step for each mini-batch, X[batch].
batch_size => 1 => A step for each sample: for each mini-batch, of batch_size.
n_classes => len(np.unique(targets)) =>
    The classes are counted in y: there are n_classes, also where some do not occur.
n_classes => targets.max() + 1 =>
    The classes are counted in y: there are n_classes, also where some do not occur.
n_classes => n_classes + 1 => One class too many: they are 0 to n_classes - 1.
n_classes => n_classes - 1 =>
    The last class is missing: range(n_classes) ends before n_classes by itself.
n_bins => 10 => Ten bins, whatever n_bins says.
h => 1e-05 => h is an argument: the step is h, and the way 2 h.
b => 0 * b => The intercept b is missing in the scores, X @ W.T + b.
power => 1.0 => The power is left out: t ** power.
power => 0.5 => The power is an argument: t ** power.
power => 2.0 => The power is an argument: t ** power.
momentum => 1 - momentum => A share of 1 - momentum is kept: the share is momentum.
momentum => 0.0 => The last step is left out: add momentum times it.
""")

# Which samples a function sees, where it should see all.
SAMPLES = {
    "Only the first sample counts: is the return inside the loop?": slice(1),
    "Only the last sample counts: add up in the loop, return after it.": slice(-1, None),
    "The first sample is left out: a loop begins at 0.": slice(1, None),
    "The last sample is left out: range(n) ends at n - 1 by itself.": slice(-1),
    "The samples come in reverse: take them in the given order.": slice(None, None, -1),
}

FACTORS = {
    "It is n times what it should be: is a sum taken where a mean is asked for?": lambda n, K: n,
    "It is a fraction 1/n of what it should be, n the number of samples: is it divided by n once "
    "too often?": lambda n, K: 1 / n,
    "It is K times what it should be, K the number of classes.": lambda n, K: K,
    "It is a fraction 1/K of what it should be, K the number of classes: does a mean run over the "
    "classes too?": lambda n, K: 1 / K,
    "It is twice what it should be.": lambda n, K: 2.0,
    "It is half of what it should be.": lambda n, K: 0.5,
    "The sign is the wrong way round.": lambda n, K: -1.0,
    "It is in bits: np.log is the natural logarithm, np.log2 that of base 2.":
        lambda n, K: 1 / log(2),
    "It is in decimal digits: np.log is the natural logarithm, np.log10 that of base 10.":
        lambda n, K: 1 / log(10),
    "It is a percentage: a share is from 0 to 1.": lambda n, K: 100.0,
}  # fmt: skip

SHAPES = {
    "The numbers are right, but fractions: .astype(int) makes whole numbers of them.":
        lambda a: a.astype(float) if a.dtype.kind == "i" else None,
    "Only zeros come out: is the result of each step stored? And b = a does not copy an array: "
    "a.copy() does.": np.zeros_like,
    "It is the transpose of what it should be: are rows and columns exchanged?": np.transpose,
    "It is 1 minus what it should be: is it of the other class, or the error?": lambda a: 1 - a,
    "It is one too many: places and classes count from 0.": lambda a: a + 1,
    "It is one too few: places and classes count from 0.": lambda a: a - 1,
    "It is the square of what it should be.": np.square,
    "It is the square root of what it should be.": np.sqrt,
    "It is the exponential of what it should be.": np.exp,
    "It is the logarithm of what it should be.": np.log,
    "The sign is lost: is it an absolute value?": np.abs,
    "It is 1 divided by what it should be: is a fraction upside down?": np.reciprocal,
    "It is 0 or 1, an answer: the number itself is asked for.": lambda a: (a >= 0.5) * 1.0,
    "Fractions are cut off: is it stored in an array of whole numbers? np.zeros(z.shape) holds "
    "fractions, np.zeros_like(z) what z holds.": np.trunc,
    "The numbers are right, in the reverse order.": lambda a: a[::-1],
    "Rows and columns are right, in the reverse order.": lambda a: a[::-1, ::-1],
    "The first number of each is missing.": lambda a: a[1:],
    "The last number of each is missing.": lambda a: a[:-1],
    "The first number of each stands at the end.": lambda a: np.append(a[1:], a[0]),
    "It is the sum of what it should be: the numbers themselves are asked for.": np.sum,
    "It is the mean of what it should be: the numbers themselves are asked for.": np.mean,
    "It is summed over the samples: a row for each is asked for.": lambda a: a.sum(axis=0),
    "It is summed over the classes: each has its own.": lambda a: a.sum(axis=1),
    "The mean over the samples: a row for each is asked for.": lambda a: a.mean(axis=0),
    "Only the first of the numbers comes out: is the return inside the loop?": lambda a: a[0],
    "Only the last of the numbers comes out: keep each one.": lambda a: a[-1],
    "Only the second of the numbers comes out, class 1 perhaps: all are asked for.": lambda a: a[1],
    "All are in one row: in the shape that is asked for.": np.ravel,
    "A place comes out, that of the highest: the numbers themselves.": lambda a: a.argmax(axis=-1),
    "The numbers are right, but as truth values: .astype(int) makes 0 and 1 of them.":
        lambda a: a.astype(bool) if set(np.unique(a)) <= {0, 1} else None,
}  # fmt: skip

ORDINALS = ("first", "second", "third")


def arrangements(n):
    """Several results in another order, or some of them: a sentence and a change of the tuple."""
    places = [
        *((order, f"The results are in another order: the {', '.join(ORDINALS[i] for i in order)}.")
          for order in permutations(range(n))),
        *((order, f"The {ORDINALS[i]} result is missing: return {n}, with commas between them.")
          for i in range(n) for order in [[j for j in range(n) if j != i]]),
        *(([i], f"Only the {ORDINALS[i]} result comes out: return {n}, with commas between them.")
          for i in range(n)),
        *(([j if k == i else k for k in range(n)],
           f"The {ORDINALS[j]} result comes out in the place of the {ORDINALS[i]} too.")
          for i, j in permutations(range(n), 2)),
    ]  # fmt: skip
    for order, sentence in places if n > 1 else ():
        yield sentence, lambda parts, o=order: tuple(parts[i] for i in o) if o[1:] else parts[o[0]]
