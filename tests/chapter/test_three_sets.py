"""Parts 1 to 7 can't reach the test set: it is handed to the last part alone."""

import dataclasses
import inspect

import numpy as np
import pytest

from scratch.chapter import (
    compute,
    data,
    derivative,
    examples,
    generalisation,
    judging,
    landscape,
    last,
    page_data,
    ten,
)
from scratch.chapter.data import TestSet as Shut  # pytest collects what begins with Test
from scratch.chapter.lesson import Compared, Data, Lesson

EARLIER = (derivative, examples, generalisation, judging, landscape, ten)


def arrays(part, *, but=()):
    """Yield every number and array of a part of the lesson, but times."""
    if dataclasses.is_dataclass(part):
        for field in dataclasses.fields(part):
            if field.name not in but and field.name != "seconds":
                yield from arrays(getattr(part, field.name), but=but)
    elif isinstance(part, tuple):
        for item in part:
            yield from arrays(item, but=but)
    elif isinstance(part, dict):
        yield from arrays(tuple(part.values()), but=but)
    else:
        yield part


def test_what_the_first_parts_get_has_no_test_set():
    assert [f.name for f in dataclasses.fields(Data) if "test" in f.name] == ["n_test"]
    for module in EARLIER:
        assert "test_set" not in inspect.getsource(module), module
    source = inspect.getsource(compute.compute)
    assert source.count("test_set") == 2  # loaded, and handed to `last`
    assert "last=last(data, test_set" in source


def test_other_test_digits_change_the_last_part_alone(lesson, monkeypatch):
    """Labels the wrong way round: everything else stays the same."""
    load = data.load

    def swapped(name, seed):
        known, shut = load(name, seed)
        labels = np.array([str(9 - int(label)) for label in shut.y])
        return known, Shut(shut.X, labels)

    monkeypatch.setattr(data, "load", swapped)
    other = compute.compute("digits", seed=0)
    before, after = (list(arrays(part, but=("last",))) for part in (lesson, other))
    assert len(before) == len(after) > 200
    for ours, theirs in zip(before, after, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert other.last.wrong > 300
    assert lesson.last.wrong < 30


def test_the_three_sets_are_apart_and_whole(lesson):
    known, shut = data.load("digits", seed=0)
    assert (known.trains.sum(), (~known.trains).sum(), len(shut.y)) == (988, 359, 450)
    assert known.n_test == lesson.last.shape[0] == 450
    rows = [{tuple(x) for x in X} for X in (known.X_train, known.X_validation, shut.X)]
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert not rows[one] & rows[other]
    for labels in (known.y_train, known.y_validation, shut.y):
        shares = np.unique(labels, return_counts=True)[1] / len(labels)
        np.testing.assert_allclose(shares, 0.1, atol=0.01)  # the same of every digit


def test_the_page_carries_no_test_digit(lesson):
    _, shut = data.load("digits", seed=0)
    text = page_data.for_scripts(lesson)
    carried = page_data.deflated(lesson.carried.X_validation, lesson.data.white)
    assert carried in text
    assert page_data.deflated(shut.X, lesson.data.white) not in text
    index = page_data.contents(lesson)["cells"]["index"]
    assert max(index) < len(lesson.data.y_validation)


def test_thresholds_are_chosen_on_the_validation_set_and_judged_on_the_test_set(lesson):
    b, d = lesson.binary, lesson.data
    np.testing.assert_array_equal(b.truth, d.y_validation == lesson.digit)
    for wish in b.wishes:
        said = b.scores > wish.threshold
        recall = (said & b.truth).sum() / b.truth.sum()
        assert wish.recall.ours == pytest.approx(recall)
        assert not (b.scores == wish.threshold).any()  # so that ≥ and > are the same
    tumours, spam, priced = b.wishes
    assert tumours.recall.ours >= 0.99
    assert spam.precision.ours >= 0.99
    costs = {t: cost(b, t) for t in [*(b.scores - 1e-9), b.scores.max() + 1]}
    assert cost(b, priced.threshold) == min(costs.values())
    promised = [choice.promised for choice in lesson.last.choices[1:]]
    assert promised == [tumours.recall.ours, spam.precision.ours, priced.recall.ours]


def cost(b, threshold):
    said = b.scores > threshold
    return 10 * (b.truth & ~said).sum() + (~b.truth & said).sum()


def test_the_last_part_learns_from_both_and_judges_on_the_test_set(lesson):
    known, shut = data.load("digits", seed=0)
    ten_again = lesson.last.ten
    assert lesson.last.confusion.ours.sum() == len(shut.y)
    right = np.trace(lesson.last.confusion.ours) / len(shut.y)
    assert ten_again.judged_accuracy.ours == pytest.approx(right)
    names = [row.name for row in lesson.table if isinstance(row, Compared)]
    assert len(set(names)) == len(names)
    assert "accuracy on test, ten digits" in names
    assert isinstance(lesson, Lesson)
    assert last.SETS == ("all known", "test")
    assert len(known.y) == 988 + 359


def test_mnist_is_split_as_its_authors_split_it(monkeypatch):
    X = np.zeros((70_000, 4), dtype=np.uint8)
    X[:50_000], X[50_000:60_000], X[60_000:] = 255, 102, 51
    y = np.resize(list("5041921314"), 70_000)
    monkeypatch.setattr(data, "load_mnist", lambda: (X, y))
    known, shut = data.load("mnist", seed=0)
    shapes = known.X_train.shape, known.X_validation.shape, shut.X.shape
    assert shapes == ((50_000, 4), (10_000, 4), (10_000, 4))
    assert (known.X_train == 1).all()
    np.testing.assert_allclose(known.X_validation, 0.4, rtol=1e-6)
    np.testing.assert_allclose(shut.X, 0.2, rtol=1e-6)
    np.testing.assert_array_equal(shut.y, y[60_000:])
    assert (known.white, known.side) == (255, 2)


@pytest.mark.parametrize(
    ("errors_of_five", "digit"), [(12, "5"), (10, "5"), (9, "8")], ids=["many", "ten", "few"]
)
def test_the_digit_is_chosen_by_a_rule(errors_of_five, digit):
    y = np.array(list("5" * 20 + "8" * 20 + "1" * 60))
    fake = dataclasses.make_dataclass("Fake", ["y_validation"])(y)
    said = {label: y == label for label in "158"}
    said["5"] = said["5"] ^ (np.arange(100) < errors_of_five)
    said["8"] = said["8"] ^ (np.arange(100) < 15)
    chosen, rule = judging.hardest(said, fake)
    assert chosen == digit
    assert f"Here 5 has {errors_of_five}" in rule
