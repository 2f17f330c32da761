"""Mini-batches: every sample once an epoch, in an order that nothing else knows. Laws in code."""

from itertools import islice, permutations

import numpy as np

from scratch.exercises.record import Exercise
from scratch.exercises.words import Seed

ENOUGH = 1000  # batches; a generator that goes on for ever is stopped here
SIZES = [(5, 2), (3, 1), (1, 1), (4, 2), (2, 3), (6, 4), (9, 3), (7, 5), (3, 3)]


def collected(batches):
    """What comes out, as a list of lists."""
    return [np.asarray(batch).tolist() for batch in islice(batches, ENOUGH)]


def flat(batches):
    return [i for batch in batches for i in (batch if isinstance(batch, list) else [batch])]


def short(batches):
    return str(batches) if len(str(batches)) < 120 else f"{str(batches)[:110]} ..."


def are_indices(exercise, f):
    case = (5, 2, Seed(0))
    got = exercise.run(f, case)
    if not all(isinstance(batch, list) for batch in got):
        reason = (
            "The indices come one by one: yield batch_size of them at a time, order[a:b]. (return"
            " instead of yield ends the function with its first batch.)"
        )
        raise exercise.call(f, case).broken(short(got), "arrays of indices", reason)
    if not all(isinstance(i, int) for i in flat(got)):
        reason = (
            "Yield the indices of the samples, whole numbers: parts of an order of all indices."
        )
        raise exercise.call(f, case).broken(short(got), "arrays of whole numbers", reason)
    if len(got) > 1 and all(len(b) == 2 and b[1] - b[0] in (1, 2) and b[0] % 2 == 0 for b in got):
        reason = "The places where a batch begins and ends come out: yield order[begin:end]."
        raise exercise.call(f, case).broken(short(got), "arrays of indices", reason)


def come_once(exercise, f):
    for n, size in SIZES:
        case = (n, size, Seed(0))
        got = exercise.run(f, case)
        if sorted(flat(got)) != list(range(n)):
            want = f"{list(range(n))} in some order, {size} at a time"
            raise exercise.call(f, case).broken(short(got), want, why_not_once(got, n, size))


def why_not_once(batches, n_samples, batch_size):
    seen, all_of_them = flat(batches), set(range(n_samples))
    missing, beyond = all_of_them - set(seen), set(seen) - all_of_them
    if not batches and n_samples > batch_size:
        return "Nothing comes out: is the yield inside the loop?"
    if beyond == {n_samples} and len(missing) <= 1:
        return "Indices count from 0: the last is n_samples - 1."
    if beyond:
        return "Yield the indices of the samples: parts of an order of 0, ..., n_samples - 1."
    if len(batches) >= ENOUGH:
        return "It does not stop after an epoch: end when every sample has come."
    if len(seen) >= n_samples and missing:
        return (
            "Some come twice and others not at all: is an order drawn for each batch, or with"
            " replacement? Draw one order of all, rng.permutation(n_samples), before the loop, and"
            " cut it."
        )
    if len(seen) > n_samples and not missing:
        return "Some come twice: is a batch filled up, do slices overlap, is each drawn anew?"
    rest = n_samples % batch_size or batch_size
    if missing and len(seen) == n_samples - rest:
        return (
            "The last batch is left out: range(0, n_samples, batch_size) reaches it, and a slice"
            " past the end is cut by itself."
        )
    if len(batches) == 1 and len(seen) == min(batch_size, n_samples):
        return "One batch only comes out: yield inside the loop; return ends it."
    return "Some samples never come: order[start : start + batch_size], one start after another."


def have_their_sizes(exercise, f):
    for n, size in SIZES:
        case = (n, size, Seed(0))
        lengths = [len(batch) for batch in exercise.run(f, case)]
        want = [min(size, n - start) for start in range(0, n, size)]
        if lengths != want:
            reason = of_lengths(lengths, want, n, size)
            raise exercise.call(f, case).broken(
                f"batches of {lengths}", f"batches of {want}", reason
            )


def of_lengths(lengths, want, n_samples, batch_size):
    if lengths == [*want, 0]:
        return "The last batch is empty: stop at n_samples, not after it."
    if len(lengths) == batch_size != len(want):
        return "batch_size batches are made: it is the number of samples in each."
    if len(lengths) == len(want) - 1 and sum(lengths) == n_samples:
        return "The rest has gone into another batch: it is a batch of its own, the last."
    if sorted(lengths) == sorted(want):
        return "The smaller batch must be the last."
    return "Cut the order at batch_size, 2 batch_size, ...; the last batch takes the rest."


def are_mixed(exercise, f):
    case = (64, 8, Seed(0))
    got = exercise.run(f, case)
    call = exercise.call(f, case)
    if flat(got) in (sorted(flat(got)), sorted(flat(got), reverse=True)):
        reason = "The samples come in their own order: draw one with rng.permutation(n_samples)."
        raise call.broken(short(got), "a random order", reason)
    if all(max(batch) - min(batch) == 7 for batch in got):  # by chance: never
        reason = "Neighbours stay together: shuffle all indices first, then cut."
        raise call.broken(short(got), "batches that mix distant samples", reason)


def come_from_rng(exercise, f):
    """The same state gives the same order, the next epoch and another seed give others."""
    call = exercise.call(f, (64, 8, Seed(1)))
    first, second, other = call.outcome(), call.outcome(), exercise.run(f, (64, 8, Seed(3)))
    if first != second:
        reason = (
            "It draws from another generator (np.random, random, or one made inside without a"
            " seed): draw from the rng that is passed."
        )
        raise call.broken(f"{short(first)}, then {short(second)}", "the same both times", reason)
    rng = np.random.default_rng(2)
    epochs = [collected(f(64, 8, rng)) for _ in range(2)]
    if epochs[0] == epochs[1] or first == other:
        reason = (
            "The order is the same each time: is a generator made inside, with a seed of its own?"
            " Draw from the rng that is passed."
        )
        raise call.broken(short(first), "another order with each call and each seed", reason)


def are_equally_likely(exercise, f):
    epochs, rng = 3000, np.random.default_rng(4)
    counts = dict.fromkeys(permutations(range(3)), 0)
    for _ in range(epochs):
        counts[tuple(int(i) for batch in f(3, 2, rng) for i in batch)] += 1
    # Pearson's χ² with 5 degrees of freedom: chance exceeds 52 once in 10⁹.
    expected = epochs / 6
    if sum((count - expected) ** 2 / expected for count in counts.values()) > 52:
        order, count = max(counts.items(), key=lambda item: abs(item[1] - expected))
        reason = "Swapping each place with any other is not a fair shuffle; rng.permutation is."
        raise exercise.call(f, (3, 2, Seed(4))).broken(
            f"the order {order} in {count} of {epochs} epochs",
            f"it in about {expected:.0f}",
            reason,
        )


minibatches = Exercise(
    "minibatches",
    "training",
    """Yield the indices 0, ..., n_samples - 1 in random order, batch_size of them at a time.

The last batch may be smaller. rng is a numpy.random.Generator; every call draws a new order
from it. With 5 samples and batch_size 2 there are batches of 2, 2 and 1, arrays of indices, in
which each of 0, 1, 2, 3, 4 comes once. `yield` in a loop gives one batch after another.""",
    ("Draw an order of all indices first (which method of rng returns one?), then cut it: range"
     " takes a step, and a slice may reach past the end.",
     "order = rng.permutation(n_samples); for each start = 0, batch_size, 2 batch_size, ...:"
     " yield order[start : start + batch_size]"),
    (
        ("each batch is an array of indices", are_indices),
        ("every sample comes once, whether or not batch_size divides their number", come_once),
        ("batch_size at a time; only the last batch may be smaller, and it is not empty",
         have_their_sizes),
        ("the order is random, across the batches", are_mixed),
        ("the order is drawn from rng, a new one each time", come_from_rng),
        ("every order is equally likely", are_equally_likely),
    ),
    finish=collected,
)  # fmt: skip

EXERCISES = (minibatches,)
