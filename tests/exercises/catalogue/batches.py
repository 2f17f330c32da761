"""Mini-batches, rightly and wrongly."""

import random

import numpy as np

from tests.exercises.catalogue import right, wrong


def cut(order, size):
    return [order[start : start + size] for start in range(0, len(order), size)]


@right("minibatches")
def shuffled_in_place(n_samples, batch_size, rng):
    order = np.arange(n_samples)
    rng.shuffle(order)
    return cut(order, batch_size)


@right("minibatches")
def permuted(n_samples, batch_size, rng):
    yield from cut(rng.permuted(np.arange(n_samples)), batch_size)


@right("minibatches")
def chosen_without_replacement(n_samples, batch_size, rng):
    order = rng.choice(n_samples, size=n_samples, replace=False)
    while len(order):
        yield order[:batch_size]
        order = order[batch_size:]


@right("minibatches")
def sorted_by_random_keys(n_samples, batch_size, rng):
    yield from cut(np.argsort(rng.random(n_samples)), batch_size)


@right("minibatches")
def drawn_from_a_list(n_samples, batch_size, rng):
    left = list(range(n_samples))
    while left:
        size = min(batch_size, len(left))
        yield [left.pop(int(rng.integers(len(left)))) for _ in range(size)]


@right("minibatches")
def fisher_yates(n_samples, batch_size, rng):
    order = list(range(n_samples))
    for i in range(n_samples - 1, 0, -1):
        j = rng.integers(0, i + 1)
        order[i], order[j] = order[j], order[i]
    return iter(cut(order, batch_size))


@right("minibatches")
def split_at(n_samples, batch_size, rng):
    order = rng.permutation(n_samples)
    return np.split(order, range(batch_size, n_samples, batch_size))


@wrong("minibatches")
def last_dropped(n_samples, batch_size, rng):
    order = rng.permutation(n_samples)
    for i in range(n_samples // batch_size):
        yield order[i * batch_size : (i + 1) * batch_size]


@wrong("minibatches")
def with_replacement(n_samples, batch_size, rng):
    yield from cut(rng.integers(0, n_samples, n_samples), batch_size)


@wrong("minibatches")
def last_filled_up(n_samples, batch_size, rng):
    order = rng.permutation(n_samples)
    for start in range(0, n_samples, batch_size):
        yield np.resize(np.roll(order, -start), batch_size)


@wrong("minibatches")
def independent_batches(n_samples, batch_size, rng):
    for _ in range(-(-n_samples // batch_size)):
        yield rng.choice(n_samples, min(batch_size, n_samples), replace=False)


@wrong("minibatches")
def empty_last(n_samples, batch_size, rng):
    order = rng.permutation(n_samples)
    for start in range(0, n_samples + 1, batch_size):
        yield order[start : start + batch_size]


@wrong("minibatches")
def evenly(n_samples, batch_size, rng):
    return np.array_split(rng.permutation(n_samples), -(-n_samples // batch_size))


@wrong("minibatches")
def rest_in_the_last(n_samples, batch_size, rng):
    order, k = rng.permutation(n_samples), max(n_samples // batch_size, 1)
    return np.split(order, [batch_size * i for i in range(1, k)])


@wrong("minibatches")
def so_many_batches(n_samples, batch_size, rng):
    return np.array_split(rng.permutation(n_samples), min(batch_size, n_samples))


@wrong("minibatches")
def not_shuffled(n_samples, batch_size, rng):
    return cut(np.arange(n_samples), batch_size)


@wrong("minibatches")
def batches_shuffled(n_samples, batch_size, rng):
    batches = cut(np.arange(n_samples), batch_size)
    last = batches.pop() if n_samples % batch_size else None
    rng.shuffle(batches) if batches else None
    return batches if last is None else [*batches, last]


@wrong("minibatches")
def shuffled_within(n_samples, batch_size, rng):
    return [rng.permutation(batch) for batch in cut(np.arange(n_samples), batch_size)]


@wrong("minibatches")
def seeded_inside(n_samples, batch_size, rng):
    return cut(np.random.default_rng(0).permutation(n_samples), batch_size)


@wrong("minibatches")
def global_numpy(n_samples, batch_size, rng):
    return cut(np.random.permutation(n_samples), batch_size)  # noqa: NPY002


@wrong("minibatches")
def pythons_random(n_samples, batch_size, rng):
    order = list(range(n_samples))
    random.shuffle(order)
    return cut(order, batch_size)


@wrong("minibatches")
def new_generator(n_samples, batch_size, rng):
    return cut(np.random.default_rng().permutation(n_samples), batch_size)


@wrong("minibatches")
def swapped_with_any(n_samples, batch_size, rng):
    order = list(range(n_samples))
    for i in range(n_samples):
        j = rng.integers(0, n_samples)
        order[i], order[j] = order[j], order[i]
    return cut(order, batch_size)


@wrong("minibatches")
def only_rolled(n_samples, batch_size, rng):
    return cut(np.roll(np.arange(n_samples), rng.integers(n_samples)), batch_size)


@wrong("minibatches")
def first_batch_only(n_samples, batch_size, rng):
    order = rng.permutation(n_samples)
    for start in range(0, n_samples, batch_size):
        return [order[start : start + batch_size]]  # one batch, and the loop is left
    return []


@wrong("minibatches")
def overlapping(n_samples, batch_size, rng):
    order = rng.permutation(n_samples)
    for start in range(n_samples):
        yield order[start : start + batch_size]


@wrong("minibatches")
def for_ever(n_samples, batch_size, rng):
    while True:
        yield from cut(rng.permutation(n_samples), batch_size)


@wrong("minibatches")
def nothing_yielded(n_samples, batch_size, rng):
    rng.permutation(n_samples)


@wrong("minibatches")
def counted_from_one(n_samples, batch_size, rng):
    return cut(rng.permutation(n_samples) + 1, batch_size)


@wrong("minibatches")
def the_whole_order(n_samples, batch_size, rng):
    return rng.permutation(n_samples)
