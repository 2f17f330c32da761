"""Laws of the softmax, of cross-entropy and of its gradient."""

from math import log

import numpy as np

from scratch.exercises import definitions
from scratch.exercises.law import Laws
from scratch.exercises.mistakes import many_classes as mistakes

RNG = np.random.default_rng(17)
ONE = np.log(np.array([[1.0, 2.0, 5.0]]))  # one sample: probabilities 1/8, 2/8, 5/8
TWO = np.array([[0.0, 1.0, 3.0], [2.0, -1.0, 0.5]])
SQUARE = np.array([[0.0, 1.0, 3.0], [2.0, -1.0, 0.5], [-1.0, 1.0, 0.0]])
TALL = RNG.normal(0, 2, (7, 3))
HIGH = [
    np.array([[1000.0, 1000.0]]),
    np.array([[-1000.0, -1000.0]]),
    np.array([[1000.0, 0.0]]),
    np.array([[0.0, -1000.0, 500.0]]),
    np.array([[3000.0, 0.0]]),
    np.array([[1000.0, 1000.0], [0.0, 0.0]]),  # rows far from each other
    np.array([[0.0, 1.0], [-2000.0, -2001.0]]),
]

# --- softmax --------------------------------------------------------------------------------------

softmax = Laws(
    "softmax",
    definitions.softmax,
    suspects=mistakes.SOFTMAX,
    probes=[(TWO,), (SQUARE,), (TALL,)],
)


@softmax.law("an array in, an array of the same shape out")
def _(f):
    softmax.expect_form(f, (np.zeros((1, 2)),), (TWO,), (TALL,))


@softmax.law("equal scores share the probability: 1/K each")
def _(f):
    softmax.expect(f, *((np.zeros((1, K)),) for K in (2, 3, 4)))


@softmax.law("exp(score) as a share of the row's: scores log 1, log 2, log 5 give 1/8, 2/8, 5/8")
def _(f):
    softmax.expect(f, (ONE,), truth=lambda Z: np.array([[0.125, 0.25, 0.625]]))


@softmax.law("each row by itself, whatever the others are")
def _(f):
    softmax.expect(f, (TWO,), (SQUARE,), (TALL,))


@softmax.law("rows sum to 1")
def _(f):
    for Z in (ONE, TWO, TALL):
        call = softmax.call(f, Z)
        sums = np.sum(call.run(), axis=1)
        if not np.allclose(sums, 1, rtol=0, atol=1e-6):
            raise call.broken(f"rows that sum to {sums}", "rows that sum to 1")


@softmax.law("a number added to a whole row changes nothing")
def _(f):
    for shift in (1.0, -5.0, 30.0):
        case = (ONE + shift,)
        softmax.expect(
            f, case, truth=lambda Z: definitions.softmax(ONE), suspects=mistakes.SOFTMAX_FAR
        )


@softmax.law("two classes are the sigmoid of the difference of the scores")
def _(f):
    for z in (0.5, -2.0, 5.0):
        p = float(definitions.sigmoid([z])[0])
        softmax.expect(f, (np.array([[z, 0.0]]),), truth=lambda Z, p=p: np.array([[p, 1 - p]]))


@softmax.law("scores of ±1000 do not overflow, in rows however far apart")
def _(f):
    softmax.expect(f, *((Z,) for Z in HIGH), suspects=mistakes.SOFTMAX_FAR)


@softmax.law("Z is left as it was")
def _(f):
    softmax.leaves_arguments_alone(f, (TWO,))


# --- cross-entropy --------------------------------------------------------------------------------

SAMPLES = (TWO, np.array([2, 1]))
SQUARE_SAMPLES = (SQUARE, np.array([2, 0, 0]))
TALL_SAMPLES = (TALL, np.array([0, 2, 1, 1, 0, 2, 2]))
EACH_TARGET = [(ONE, np.array([y])) for y in (0, 1, 2)]
FAR = [(Z, np.full(len(Z), y)) for Z in HIGH for y in (0, 1)]

ce = Laws(
    "cross_entropy",
    definitions.cross_entropy,
    suspects=mistakes.CROSS_ENTROPY,
    probes=[SAMPLES, SQUARE_SAMPLES, TALL_SAMPLES],
)


@ce.law("it returns one number")
def _(f):
    ce.expect_form(f, (np.zeros((1, 2)), np.array([0])), SAMPLES)


@ce.law("equal scores cost log K (in nats), whatever comes true")
def _(f):
    cases = [(np.zeros((1, K)), np.array([y])) for K in (2, 3, 4) for y in (0, K - 1)]
    ce.expect(f, *cases, truth=lambda Z, y: log(Z.shape[1]))


@ce.law("-log of the target's probability: 1/8, 2/8 and 5/8 cost log 8, log 4, log 8/5")
def _(f):
    costs = (log(8), log(4), log(8 / 5))
    ce.expect(f, *EACH_TARGET, truth=lambda Z, y: costs[y[0]])


@ce.law("the mean over the samples, neither their sum nor anything else")
def _(f):
    ce.expect(f, *((np.zeros((n, 2)), np.arange(n) % 2) for n in (2, 3, 5)))


@ce.law("each sample's own target: sample i costs -log P[i, y[i]]")
def _(f):
    ce.expect(f, SAMPLES, SQUARE_SAMPLES, TALL_SAMPLES)


@ce.law("the chapter's two forecasts cost 0.20398")
def _(f):
    P = np.array([[0.03, 0.95, 0.02], [0.1, 0.2, 0.7]])
    ce.expect(f, (np.log(P), np.array([1, 2])), truth=lambda Z, y: 0.20398, margin=1e-5)


@ce.law("finite and exact far out, where the probability has rounded to 0 or 1")
def _(f):
    explain = {"explain": lambda *_: mistakes.FAR_OUT}
    ce.expect(f, *FAR, suspects=mistakes.CROSS_ENTROPY_FAR, **explain)


@ce.law("never negative")
def _(f):
    for Z, y in (*EACH_TARGET, SAMPLES, *FAR):
        call = ce.call(f, Z, y)
        if (loss := float(call.run())) < -1e-9:
            raise call.broken(loss, "0 or more: a probability is at most 1, -log of it at least 0")


@ce.law("the lowest when the probabilities are the frequencies: 1/8, 2/8, 5/8 of eight samples")
def _(f):
    y = np.repeat([0, 1, 2], [1, 2, 5])
    best = ce.call(f, np.repeat(ONE, 8, axis=0), y)
    for shift in np.eye(3) * 0.1:
        for sign in (1, -1):
            other = ce.call(f, np.repeat(ONE + sign * shift, 8, axis=0), y)
            if not best.run() < other.run():
                raise other.broken(f"{other.run()}", f"more than {best.run()}, at 1/8, 2/8, 5/8")


@ce.law("Z and y are left as they were")
def _(f):
    ce.leaves_arguments_alone(f, SAMPLES)


# --- its gradient ---------------------------------------------------------------------------------

gradient = Laws(
    "cross_entropy_gradient",
    definitions.cross_entropy_gradient,
    suspects=mistakes.CROSS_ENTROPY_GRADIENT,
    probes=ce.probes,
)


@gradient.law("an array of the shape of Z")
def _(f):
    gradient.expect_form(f, (np.zeros((1, 2)), np.array([0])), SAMPLES)


@gradient.law("of two equal scores the target's should rise: slopes -1/2 and 1/2")
def _(f):
    for y, want in ((0, [[-0.5, 0.5]]), (1, [[0.5, -0.5]])):
        case = (np.zeros((1, 2)), np.array([y]))
        gradient.expect(f, case, truth=lambda Z, y, want=want: np.array(want))


@gradient.law("probability - target, for one sample")
def _(f):
    gradient.expect(f, *EACH_TARGET)


@gradient.law("divided by n, since the loss is a mean")
def _(f):
    gradient.expect(f, *((np.zeros((n, 2)), np.arange(n) % 2) for n in (2, 3, 5)))


@gradient.law("the slope of the loss, as a difference quotient measures it")
def _(f):
    gradient.expect(f, SAMPLES, SQUARE_SAMPLES, TALL_SAMPLES)


@gradient.law("each row sums to 0: what one class gains the others lose")
def _(f):
    for case in (SAMPLES, TALL_SAMPLES):
        call = gradient.call(f, *case)
        sums = np.sum(call.run(), axis=1)
        if not np.allclose(sums, 0, rtol=0, atol=1e-6):
            raise call.broken(f"rows that sum to {sums}", "rows that sum to 0")


@gradient.law("finite far out: 0 where the answer is sure and right")
def _(f):
    gradient.expect(f, *FAR, suspects=mistakes.GRADIENT_FAR)


@gradient.law("Z and y are left as they were")
def _(f):
    gradient.leaves_arguments_alone(f, SAMPLES)


LAWS = [softmax, ce, gradient]
