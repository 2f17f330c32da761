"""The products of an epoch, and the quickest way to write them."""

import itertools

import numpy as np
import pytest

from benchmarks import floors


@pytest.mark.parametrize(
    ("scores", "gradient"), list(itertools.product(floors.SCORES, floors.GRADIENTS))
)
def test_products_are_those_of_an_epoch(digits, monkeypatch, scores, gradient):
    """As many multiplications as an epoch needs: the last, smaller batch is not left out."""
    done = []

    def multiply(a, b, out):
        assert out.shape == (a.shape[0], b.shape[1])
        done.append(a.shape[0] * a.shape[1] * b.shape[1])

    X = digits.X[:1000]
    run = floors.products(X, 10, 96, scores, gradient, epochs=2)
    monkeypatch.setattr(np, "matmul", multiply)
    run()
    assert sum(done) == 2 * (2 * 1000 * 64 * 10)  # epochs; scores and gradient


def test_best_way_is_the_quickest(digits, monkeypatch):
    """A clock that only moves with 48 rows at a time the other way round from the rest."""
    now = [0.0]

    def products(X, n_classes, rows, scores, gradient):
        quick = (rows, scores, gradient) == (48, "x Wᵀ", "xᵀ Rᵀ")
        return lambda: now.__setitem__(0, now[0] + (0.5 if quick else 1.0))

    monkeypatch.setattr(floors, "products", products)
    monkeypatch.setattr(floors.time, "process_time", lambda: now[0])
    way = floors.best_way(digits.X, 10)
    assert way == {"rows": 48, "scores": "x Wᵀ", "gradient": "xᵀ Rᵀ"}
