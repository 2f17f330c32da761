"""Laws of the mini-batches: every sample once an epoch, in an order that nothing else knows."""

from itertools import islice, permutations

import numpy as np

from scratch.exercises.law import Laws
from scratch.exercises.mistakes import batches as mistakes
from scratch.exercises.words import Seed

ENOUGH = 1000  # batches; a generator that goes on for ever is stopped here
SIZES = [(n, size) for n in range(1, 10) for size in range(1, n + 2)]


def collected(batches):
    """What comes out, as a list of lists."""
    return [np.asarray(batch).tolist() for batch in islice(batches, ENOUGH)]


minibatches = Laws("minibatches", finish=collected)


def flat(batches):
    return [index for batch in batches for index in batch]


@minibatches.law("each batch is an array of indices; of one sample: [0]")
def _(f):
    call = minibatches.call(f, 1, 1, Seed(0))
    got = call.run()
    if got != [[0]]:
        raise call.broken(got, [[0]], mistakes.reason(got, 1, 1))
    call = minibatches.call(f, 3, 3, Seed(0))
    got = call.run()
    if not all(isinstance(i, int) and 0 <= i < 3 for i in flat(got)):
        raise call.broken(got, "whole numbers from 0 to 2", mistakes.NOT_INDICES)


@minibatches.law("every sample comes once, whether or not batch_size divides their number")
def _(f):
    for n, size in SIZES:
        call = minibatches.call(f, n, size, Seed(0))
        got = call.run()
        if sorted(flat(got)) != list(range(n)):
            want = f"{list(range(n))} in some order, {size} at a time"
            raise call.broken(short(got), want, mistakes.reason(got, n, size))


@minibatches.law("batch_size at a time; only the last batch may be smaller, and it is not empty")
def _(f):
    for n, size in SIZES:
        call = minibatches.call(f, n, size, Seed(0))
        lengths = [len(batch) for batch in call.run()]
        want = [min(size, n - start) for start in range(0, n, size)]
        if lengths != want:
            reason = mistakes.lengths_reason(lengths, want, n, size)
            raise call.broken(f"batches of {lengths}", f"batches of {want}", reason)


@minibatches.law("the order is random, across the batches")
def _(f):
    call = minibatches.call(f, 64, 8, Seed(0))
    got = call.run()
    # By chance, one of 64! orders would be refused, or eight blocks of neighbours: never.
    if flat(got) == sorted(flat(got)):
        raise call.broken(short(got), "another order than 0, 1, 2, ...", mistakes.NOT_SHUFFLED)
    if flat(got) == sorted(flat(got), reverse=True):
        raise call.broken(short(got), "a random order", mistakes.NOT_SHUFFLED)
    if all(max(batch) - min(batch) == 7 for batch in got):
        raise call.broken(short(got), "batches that mix distant samples", mistakes.BLOCKS)


@minibatches.law("the same generator state gives the same order")
def _(f):
    call = minibatches.call(f, 64, 8, Seed(1))
    first, second = call.run(), call.run()
    if first != second:
        reason = mistakes.global_state_reason(call)
        raise call.broken(f"{short(first)}, then {short(second)}", "the same both times", reason)


@minibatches.law("the next epoch has another order, and another seed too")
def _(f):
    rng = np.random.default_rng(2)
    first, second = (collected(f(64, 8, rng)) for _ in range(2))
    call = minibatches.call(f, 64, 8, Seed(2))
    if first == second:
        raise call.broken(
            f"{short(first)}, and the same from a second call with the same rng",
            "another order each time",
            mistakes.SAME_ORDER,
        )
    if call.run() == minibatches.call(f, 64, 8, Seed(3)).run():
        raise call.broken(short(first), "another order than with seed 3", mistakes.SAME_ORDER)


@minibatches.law("every order is equally likely: of 3 samples, each of the 6 in 1/6 of the epochs")
def _(f):
    epochs, rng = 10_000, np.random.default_rng(4)
    counts = dict.fromkeys(permutations(range(3)), 0)
    for _ in range(epochs):
        counts[tuple(int(i) for batch in f(3, 2, rng) for i in batch)] += 1
    # Pearson's χ² with 5 degrees of freedom: chance exceeds 52 once in 10⁹.
    expected = epochs / 6
    if sum((count - expected) ** 2 / expected for count in counts.values()) > 52:
        order, count = max(counts.items(), key=lambda item: abs(item[1] - expected))
        raise minibatches.call(f, 3, 2, Seed(4)).broken(
            f"the order {order} in {count} of {epochs} epochs",
            f"it in about {expected:.0f}, as the other five",
            mistakes.UNEVEN,
        )


def short(batches):
    """The batches, the first few if there are many."""
    return str(batches) if len(str(batches)) < 120 else f"{str(batches)[:110]} ..."


LAWS = [minibatches]
