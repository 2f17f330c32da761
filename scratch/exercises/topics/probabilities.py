"""Laws of the log loss, of which only the probabilities are known."""

from math import log

import numpy as np

from scratch.exercises import definitions
from scratch.exercises.law import Laws
from scratch.exercises.mistakes import probabilities as mistakes

RNG = np.random.default_rng(17)
FORECASTS = np.array([[0.2, 0.3, 0.5], [0.6, 0.1, 0.3]])
TALL_FORECASTS = RNG.dirichlet(np.ones(3), 7)
SURE = np.array([[0.0, 1.0]])

log_loss = Laws(
    "log_loss",
    definitions.log_loss,
    suspects=mistakes.LOG_LOSS,
    probes=[
        (np.array([2, 1]), FORECASTS),
        (np.array([2, 0, 1]), np.array([[0.2, 0.3, 0.5], [0.6, 0.1, 0.3], [0.1, 0.1, 0.8]])),
        (np.array([0, 2, 1, 1, 0, 2, 2]), TALL_FORECASTS),
    ],
)


@log_loss.law("it returns one number")
def _(f):
    log_loss.expect_form(f, (np.array([0]), np.array([[0.5, 0.5]])), *log_loss.probes)


@log_loss.law("an even chance costs log 2 = 0.693 (in nats), whichever comes true")
def _(f):
    cases = [(np.array([y]), np.array([[0.5, 0.5]])) for y in (0, 1)]
    log_loss.expect(f, *cases, truth=lambda y, P: log(2))


@log_loss.law("-log of the target's probability: 0.2 costs log 5, 0.5 costs log 2")
def _(f):
    for y, want in ((0, log(5)), (2, log(2))):
        log_loss.expect(f, (np.array([y]), FORECASTS[:1]), truth=lambda y, P, want=want: want)


@log_loss.law("the mean over the samples, neither their sum nor anything else")
def _(f):
    log_loss.expect(f, *((np.arange(n) % 2, np.full((n, 2), 0.5)) for n in (2, 3, 5)))


@log_loss.law("each sample's own target: sample i costs -log P[i, y[i]]")
def _(f):
    log_loss.expect(f, *log_loss.probes)


@log_loss.law("a probability of 0 is taken as eps = 2.2e-16: sure and wrong costs 36.04, not inf")
def _(f):
    cases = (np.array([0]), SURE), (np.array([0, 1, 1]), np.array([[0.0, 1], [0.5, 0.5], [0, 1]]))
    log_loss.expect(f, *cases, suspects=mistakes.LOG_LOSS_SURE)


@log_loss.law("eps is that of the probabilities' dtype: in float32 sure and wrong costs 15.94")
def _(f):
    log_loss.expect(f, (np.array([0]), SURE.astype(np.float32)), suspects=mistakes.LOG_LOSS_FLOAT32)


@log_loss.law("sure and right costs 0, not less")
def _(f):
    for dtype in (np.float64, np.float32):
        call = log_loss.call(f, np.array([1]), SURE.astype(dtype))
        if not 0 <= (loss := call.run()) < 1e-6:
            raise call.broken(loss, "0, at most rounding above", mistakes.NEGATIVE)


@log_loss.law("y and P are left as they were")
def _(f):
    log_loss.leaves_arguments_alone(f, (np.array([0, 1]), np.array([[0.0, 1.0], [0.0, 1.0]])))


LAWS = [log_loss]
