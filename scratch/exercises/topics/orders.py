"""Laws of training by mini-batches. The order is the learner's; they hold for every order."""

from itertools import product

import numpy as np

from scratch import textbook
from scratch.exercises.compare import same
from scratch.exercises.words import Seed, shown


class Orders:
    """In place of a generator: it gives these orders, one after another."""

    def __init__(self, orders):
        self.orders = list(orders)

    def permutation(self, n):
        return np.array(self.orders.pop(0) if self.orders else range(n))


def follows_some_order(settings, draws):
    """A law: each epoch has a new order, drawn from rng.

    Parameters ---------- settings : tuple A case of two samples, one a batch, without its last
    argument, the generator. draws : int How often an order is drawn: 2^draws ways to go, each of
    which ends elsewhere."""

    def test(exercise, f):
        book = getattr(textbook, exercise.name)
        ends = {}
        for path in product(([0, 1], [1, 0]), repeat=draws):
            ends[tuple(map(tuple, path))] = exercise.call(book, (*settings, Orders(path))).outcome()
        drawn = []
        for seed in range(10):
            case = (*settings, Seed(seed))
            got, call = exercise.run(f, case), exercise.call(f, case)
            paths = [path for path, end in ends.items() if same(got, end, 1e-8)]
            if not paths:
                raise call.broken(shown(got), "weights that some order leads to", NO_ORDER)
            drawn.append(paths[0])
        again = [exercise.run(f, (*settings, Seed(seed))) for seed in range(10)]
        if not all(same(a, ends[path], 1e-8) for a, path in zip(again, drawn, strict=True)):
            raise call.broken("other weights with the same seed", "the same weights", OTHERS)
        if all(len(set(path)) == 1 for path in drawn):
            once = len(set(drawn)) > 1
            said = (
                f"the same order in every epoch, {list(drawn[0][0])}" + "; with other seeds" * once
            )
            raise call.broken(said, "a new order each epoch", ONCE if once else NEVER)
        if len(set(drawn)) == 1:
            raise call.broken("the same orders with every seed", "orders from rng", OWN_SEED)

    return test


NO_ORDER = (
    "Each epoch goes through the mini-batches of `minibatches`, with a step for each, on the"
    " samples X[batch] and y[batch], from the weights that the last step left."
)
ONCE = (
    "The order is drawn once, before the epochs: call minibatches in the loop, once an epoch. (A"
    " generator that is used up gives nothing in the next epoch.)"
)
NEVER = "The samples come in their own order: minibatches draws one from rng, once an epoch."
OTHERS = "Draw from rng alone: np.random and random are other generators."
OWN_SEED = "Pass on the rng that you get: one made inside always draws the same."
