"""Laws of the sigmoid, of binary cross-entropy and of its gradient."""

from math import log

import numpy as np

from scratch.exercises import definitions
from scratch.exercises.calls import Broken
from scratch.exercises.law import Laws
from scratch.exercises.mistakes import two_classes as mistakes

RNG = np.random.default_rng(16)
COIN = np.zeros(1)
SPREAD = np.array([-3.0, -1.0, -0.25, 0.5, 2.0, 4.0])
FAR = [np.array([z]) for z in (40.0, -40.0, 100.0, -100.0, 800.0, -800.0, 1e4, -1e4)]

# --- sigmoid --------------------------------------------------------------------------------------

sigmoid = Laws(
    "sigmoid",
    definitions.sigmoid,
    suspects=mistakes.SIGMOID,
    probes=[(SPREAD,), (RNG.normal(0, 2, 7),)],
)


@sigmoid.law("an array in, an array of the same shape out")
def _(f):
    sigmoid.expect_form(f, (COIN,), (SPREAD,))


@sigmoid.law("score 0 means an even chance: 1/2")
def _(f):
    sigmoid.expect(f, (COIN,), truth=lambda z: np.array([0.5]))


@sigmoid.law("score log 3 means three to one: 3/4; score -log 3 means 1/4")
def _(f):
    for sign, want in ((1, 0.75), (-1, 0.25)):
        sigmoid.expect(f, (np.array([sign * log(3)]),), truth=lambda z, want=want: np.array([want]))


@sigmoid.law("1 / (1 + exp(-z)), each entry by itself")
def _(f):
    sigmoid.expect(f, *((z,) for z in (np.array([1.0]), SPREAD[2:4], SPREAD)))


@sigmoid.law("it turns around 1/2: σ(z) + σ(-z) = 1")
def _(f):
    for z in (np.array([1.0]), SPREAD, 10 * SPREAD):
        there, back = sigmoid.call(f, z), sigmoid.call(f, -z)
        total = np.asarray(there.run()) + np.asarray(back.run())
        if not np.allclose(total, 1, rtol=0, atol=1e-6):
            raise there.broken(f"{total} added to that of -z", "1")


@sigmoid.law("far out it is 0 and 1, never nan")
def _(f):
    sigmoid.expect(f, *((z,) for z in FAR), suspects=mistakes.SIGMOID_FAR)


@sigmoid.law("exp is never asked for what overflows")
def _(f):
    for z in FAR:
        call = sigmoid.call(f, z)
        try:
            with np.errstate(over="raise"):
                call.run()
        except Broken as error:
            if not isinstance(error.__cause__, FloatingPointError):
                raise
            said, want = f"a RuntimeWarning: {error.__cause__}", "the same without an overflow"
            raise call.broken(said, want, mistakes.OVERFLOW) from None


@sigmoid.law("z is left as it was")
def _(f):
    sigmoid.leaves_arguments_alone(f, (SPREAD,))


# --- binary cross-entropy -------------------------------------------------------------------------

TARGETS = np.array([1, 0, 0, 1])
SIX = (SPREAD, np.array([1, 0, 1, 1, 0, 1]))
ANSWERS = [(np.array([z]), np.array([y])) for z in (1.0, -1.0, 3.0, -3.0) for y in (1, 0)]
FAR_ANSWERS = [(z, np.array([y])) for z in FAR for y in (1, 0)]


def logits(p):
    """The scores of probabilities: σ(logits(p)) = p."""
    return np.log(p / (1 - p))


bce = Laws(
    "binary_cross_entropy",
    definitions.binary_cross_entropy,
    suspects=mistakes.BINARY_CROSS_ENTROPY,
    probes=[SIX, (RNG.normal(0, 2, 7), np.array([0, 0, 1, 0, 1, 0, 0]))],
)


@bce.law("it returns one number")
def _(f):
    bce.expect_form(f, (COIN, np.array([1])), SIX)


@bce.law("an even chance costs log 2 = 0.693 (in nats), whichever comes true")
def _(f):
    bce.expect(f, (COIN, np.array([1])), (COIN, np.array([0])), truth=lambda z, y: log(2))


@bce.law("both kinds of targets count: -log σ(z) for y = 1, -log(1 - σ(z)) for y = 0")
def _(f):
    bce.expect(f, *ANSWERS)


@bce.law("the mean over the samples, neither their sum nor anything else")
def _(f):
    pairs = [(np.zeros(n), np.arange(n) % 2) for n in (2, 3, 5)]
    bce.expect(f, *pairs, SIX)


@bce.law("the chapter's forecasts cost 0.17381 (a good one) and 2.24185 (an awful one)")
def _(f):
    for p, loss in (([0.9, 0.2, 0.01, 0.7], 0.17381), ([0.1, 0.85, 0.99, 0.85], 2.24185)):
        case = (logits(np.array(p)), TARGETS)
        bce.expect(f, case, truth=lambda z, y, loss=loss: loss, margin=1e-5)


@bce.law("finite and exact far out, where the probability has rounded to 0 or 1")
def _(f):
    explain = {"explain": lambda *_: mistakes.FAR_OUT}
    bce.expect(f, *FAR_ANSWERS, suspects=mistakes.LOSS_FAR, **explain)


@bce.law("never negative, and 0 only for who is sure and right")
def _(f):
    for z, y in (*ANSWERS, *FAR_ANSWERS, SIX):
        call = bce.call(f, z, y)
        loss = float(call.run())
        if loss < -1e-9:
            raise call.broken(loss, "0 or more: a probability is at most 1, -log of it at least 0")


@bce.law("the lowest when the probability is the frequency: 3 of 4 come true, so p = 3/4")
def _(f):
    targets = np.array([1, 1, 1, 0])
    best = bce.call(f, np.full(4, log(3)), targets)
    for p in (0.5, 0.7, 0.8, 0.9):
        other = bce.call(f, np.full(4, logits(p)), targets)
        if not best.run() < other.run():
            raise other.broken(f"{other.run()}, at p = {p}", f"more than {best.run()}, at p = 3/4")


@bce.law("z and y are left as they were")
def _(f):
    bce.leaves_arguments_alone(f, SIX)


# --- its gradient ---------------------------------------------------------------------------------

gradient = Laws(
    "binary_cross_entropy_gradient",
    definitions.binary_cross_entropy_gradient,
    suspects=mistakes.BINARY_CROSS_ENTROPY_GRADIENT,
    probes=bce.probes,
)


@gradient.law("an array of the shape of z")
def _(f):
    gradient.expect_form(f, (COIN, np.array([1])), SIX)


@gradient.law("an even chance that should be 1 is 1/2 too low: the slope is -1/2")
def _(f):
    for y, want in ((1, -0.5), (0, 0.5)):
        gradient.expect(f, (COIN, np.array([y])), truth=lambda z, y, want=want: np.array([want]))


@gradient.law("probability - target, for one sample")
def _(f):
    gradient.expect(f, *ANSWERS)


@gradient.law("divided by n, since the loss is a mean")
def _(f):
    gradient.expect(f, *((np.zeros(n), np.arange(n) % 2) for n in (2, 3, 5)))


@gradient.law("the slope of the loss, as a difference quotient measures it")
def _(f):
    gradient.expect(f, SIX, *gradient.probes)


@gradient.law("finite far out: 0 for who is right, -1 or 1 for who is wrong")
def _(f):
    explain = {"explain": lambda *_: mistakes.SLOPE_FAR_OUT}
    gradient.expect(f, *FAR_ANSWERS, suspects=mistakes.GRADIENT_FAR, **explain)


@gradient.law("it sums to 0 where the mean probability is the frequency of the targets")
def _(f):
    call = gradient.call(f, np.full(4, log(3)), np.array([1, 1, 1, 0]))
    total = float(np.sum(call.run()))
    if abs(total) > 1e-6:
        raise call.broken(f"entries that sum to {total:.6g}", "entries that sum to 0")


@gradient.law("z and y are left as they were")
def _(f):
    gradient.leaves_arguments_alone(f, SIX)


LAWS = [sigmoid, bce, gradient]
