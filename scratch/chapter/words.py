"""Sentences that follow from the lesson's numbers, for the terminal and the page alike."""

import numpy as np

from scratch.chapter.formats import count, difference


def of_first_digits(lesson):
    """Say where the first ten digits come from."""
    trained = int(lesson.data.first_trained.sum())
    if trained == 10:
        return "All ten are in the training set: the classifier has seen them."
    return (
        f"{trained} of the ten are in the training set: these the classifier has seen."
        f" {10 - trained} are in the test set."
    )


def of_missed_digits(lesson):
    """Say of the digit's pictures among the first ten whether, and why, they are missed."""
    b, digit, data = lesson.binary, lesson.digit, lesson.data
    (here,) = np.nonzero(b.first_truth)
    if len(here) == 0:
        return f"There is no {digit} among them."
    missed = [i for i in here if not b.first_predictions[i]]
    if not missed:
        return f"Every {digit} among them is found."
    i = missed[0]
    lower = f"{count(b.first_lower[i])} get" if b.first_lower[i] else "not one gets"
    of_kind = lesson.binary_loss.positives_train
    where = "training" if data.first_trained[i] else "test"
    return (
        f"The {digit} at place {i + 1} is missed, with a probability of"
        f" {b.first_probabilities[i]:.3f}. It is in the {where} set, and an unusual {digit}: of the"
        f" {count(of_kind)} in the training set, {lower} a lower probability."
        " One weight a pixel can't fit every way to write a digit."
    )


def of_table(table):
    """Say in one line what the closing table shows."""
    largest = max(row.difference for row in table)
    return (
        f"{len(table)} results compared with scikit-learn's, largest difference"
        f" {difference(largest)}"
    )
