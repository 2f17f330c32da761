"""Known mistakes with mini-batches, and what to tell."""

import numpy as np

NOT_INDICES = "Yield the indices of the samples, whole numbers that a[batch] takes."
NOT_SHUFFLED = "The samples come in their own order: draw one with rng.permutation(n_samples)."
BLOCKS = (
    "Neighbours stay together: only the batches are shuffled, or only inside of each. Shuffle all "
    "indices first, then cut."
)
SAME_ORDER = (
    "The order is the same each time: is a generator made inside, with a seed of its own? Draw "
    "from the rng that is passed."
)
UNEVEN = (
    "Some orders come more often than others. Swapping each place with any other is not a fair "
    "shuffle; rng.permutation is."
)
EMPTY = "The last batch is empty: stop at n_samples, not after it."
DROPPED = (
    "The last, smaller batch is left out: range(0, n_samples, batch_size) reaches it, and a slice "
    "past the end is cut by itself."
)


def reason(batches, n_samples, batch_size):
    """Why not every sample comes once."""
    if any(np.ndim(batch) == 0 for batch in batches):
        return "The indices come one by one: yield batch_size of them at a time, order[a:b]."
    seen = [index for batch in batches for index in np.ravel(batch).tolist()]
    missing = set(range(n_samples)) - set(seen)
    beyond = set(seen) - set(range(n_samples))
    if [] in batches and not missing:
        return EMPTY
    if beyond == {n_samples} and len(missing) <= 1:
        return "Indices count from 0: the last is n_samples - 1."
    if beyond:
        return NOT_INDICES
    if len(seen) == n_samples and missing:
        return (
            "Some come twice and others not at all: drawn with replacement? In an epoch every "
            "sample comes once; rng.permutation gives an order."
        )
    if len(seen) > n_samples and not missing:
        longer = "Some come twice"
        if len(batches) >= 1000:
            return "It does not stop after an epoch: end when every sample has come."
        return f"{longer}: is the last batch filled up, or do slices overlap?"
    if len(missing) == n_samples % batch_size or (not seen and n_samples < batch_size):
        return DROPPED
    if len(seen) == min(batch_size, n_samples):
        return "One batch only: yield inside the loop, do not return."
    return "Some samples never come."


def lengths_reason(lengths, want, n_samples, batch_size):
    """Why the batches have other sizes."""
    if lengths == [*want, 0]:
        return EMPTY
    if len(lengths) == batch_size != len(want):
        return "batch_size batches are made: it is the number of samples in each."
    if len(lengths) == len(want) - 1 and sum(lengths) == n_samples:
        return "The rest has gone into another batch: it is a batch of its own, the last."
    if sorted(lengths) == sorted(want):
        return "The smaller batch must be the last."
    if len(lengths) == len(want):
        return "The samples are spread evenly: cut batch_size at a time, the last takes the rest."
    return "Cut the order at batch_size, 2 batch_size, ..."


def global_state_reason(call):
    """Why the same generator gives different orders: is NumPy's or Python's global one used?"""
    import random

    state, python_state = np.random.get_state(), random.getstate()  # noqa: NPY002
    try:
        orders = []
        for _ in range(2):
            np.random.seed(0)  # noqa: NPY002
            random.seed(0)
            orders.append(call.run())
    finally:
        np.random.set_state(state)  # noqa: NPY002
        random.setstate(python_state)
    if orders[0] == orders[1]:
        return "It draws from a global generator (np.random or random), not from the rng passed."
    return "A new generator without a seed is made inside: draw from the rng that is passed."
