"""Known mistakes with training by mini-batches, and what to tell."""

import numpy as np

from scratch.exercises.mistakes.steps import STEPS, step


def full_batches(mistaken, epochs=lambda n_epochs: n_epochs, start=0.0):
    """Training with all samples in every step, with a mistaken step or number of steps."""

    def fit(X, y, n_classes, eta, alpha, batch_size, n_epochs, rng):
        W, b = np.full((n_classes, X.shape[1]), start), np.full(n_classes, start)
        for _ in range(epochs(n_epochs)):
            W, b = mistaken(W, b, X, y, eta, alpha)
        return W, b

    return fit


def decaying(factor):
    """Training with a step that shrinks from epoch to epoch."""

    def fit(X, y, n_classes, eta, alpha, batch_size, n_epochs, rng):
        W, b = np.zeros((n_classes, X.shape[1])), np.zeros(n_classes)
        for epoch in range(n_epochs):
            W, b = step()(W, b, X, y, eta * factor(epoch), alpha)
        return W, b

    return fit


def momentum(X, y, n_classes, eta, alpha, batch_size, n_epochs, rng):
    """Training with momentum 0.9."""
    old = W, b = np.zeros((n_classes, X.shape[1])), np.zeros(n_classes)
    for _ in range(n_epochs):
        new_W, new_b = step()(W, b, X, y, eta, alpha)
        old, W, b = (W, b), new_W + 0.9 * (W - old[0]), new_b + 0.9 * (b - old[1])
    return W, b


FULL_BATCH = {
    **{text: full_batches(mistaken) for text, mistaken in STEPS.items()},
    "This is where the first epoch ends. Go on n_epochs times, and make the zero weights before "
    "the loop, once.": full_batches(step(), lambda n_epochs: 1),
    "One epoch too many.": full_batches(step(), lambda n_epochs: n_epochs + 1),
    "One epoch too few: is it range(1, n_epochs)?": full_batches(
        step(), lambda n_epochs: n_epochs - 1
    ),
    "The result of each step is thrown away: W, b = sgd_step(W, b, ...).": full_batches(
        step(), lambda n_epochs: 0
    ),
    "η shrinks from epoch to epoch: it stays the same.": [
        decaying(lambda epoch: 1 / (epoch + 1)),
        decaying(lambda epoch: 1 / np.sqrt(epoch + 1)),
    ],
    "A step goes on in the last one's direction (momentum): it is -η times the gradient.": momentum,
    "The weights start at 1, not at 0.": full_batches(step(), start=1.0),
}
USES_UNEVEN = (
    "Some samples are used more often than others: drawn with replacement, a batch left out, or "
    "batches that overlap?"
)
NO_ORDER = "No order of the samples, each once an epoch, leads here."
NO_SHUFFLE = "The samples are never shuffled: draw the mini-batches of each epoch from rng."
SHUFFLED_ONCE = (
    "The order is drawn once, before the epochs: call minibatches(..., rng) in every epoch."
)
START = "With n_epochs = 0 it gives {start}: training begins from zero weights."
CHANCE = (
    "Another seed gives another result, though all samples are in the batch: are they drawn with "
    "replacement, or do samples and labels come in two orders?"
)
OWN_SEED = "Draw from the rng that is passed: not from np.random, nor from a generator made inside."


def steps_reason(steps, n_samples, batch_size, n_epochs):
    """Why another number of steps was taken."""
    if steps is None:
        return "No number of full steps leads here: is a smaller batch divided by batch_size?"
    known = {
        n_epochs: "One step an epoch: every mini-batch takes one.",
        -(-n_samples // batch_size): "One epoch only: go on n_epochs times.",
        n_samples * n_epochs: "A step for each sample: a mini-batch takes one step together.",
        n_samples // batch_size * n_epochs: "The last, smaller batch is left out.",
        0: "The result of each step is thrown away: W, b = sgd_step(W, b, ...).",
    }
    return known.get(steps, "")
