"""Part 8: everything is chosen; the test set judges, once.

Nothing is left to choose on the validation set, so both classifiers learn from it as well, with the
settings that were chosen. The thresholds are those that it chose.
"""

import numpy as np

from scratch.chapter.examples import compare, count
from scratch.chapter.judging import judge, train
from scratch.chapter.lesson import Choice, Last
from scratch.chapter.races import race, twins
from scratch.chapter.ten import EPOCHS, watch

SHOWN = 10  # mistakes
SETS = "all known", "test"
TWINS, TWIN_STEPS = (0.01, 10.0), 3000


def last(data, test_set, digit, makers, chosen, seed, say):
    """Train once more on all digits that are no test digits, and judge on the test set.

    Parameters
    ----------
    data : Data
    test_set : TestSet
    digit : str
    makers : tuple of callable
        Make the classifier of two classes, and that of ten, with the settings chosen.
    chosen : Binary and TenClasses
        What parts 5 and 6 found on the validation set.
    seed : int
    say : callable
    """
    make_binary, make_ten = makers
    validated, validated_ten = chosen
    say("training once more, and opening the test set")
    is_known, is_test = data.y == digit, test_set.y == digit
    binary = make_binary()
    sets = (data.X, is_known), (test_set.X, is_test)
    trained = train(f"{digit} or not", binary, sets, SETS)
    scores = binary.decision_function(test_set.X.astype(np.float64))
    ten = make_ten()
    sets = (data.X, data.y), (test_set.X, test_set.y)
    epochs = EPOCHS[data.name]
    seconds, _, _ = watch(ten, sets, epochs)
    call = f"{ten!r}, {epochs} × partial_fit"
    X, y = test_set.X.astype(np.float64), test_set.y
    said, probabilities = ten.predict(X), ten.predict_proba(X)
    say("racing mini-batches against one sample at a time")
    races, single_weights = race(data, digit, seed)
    return Last(
        shape=test_set.X.shape,
        ten=judge("ten digits", ten, sets, call, seconds, epochs, SETS),
        confusion=compare("confusion matrix, test set", "confusion_matrix", y, said),
        report=compare("classification report, test set", "classification_report", y, said),
        wrong=int(np.sum(said != y)),
        mistakes=surest_mistakes(test_set, said, probabilities),
        binary=trained,
        counts=count(f"{digit} or not, test set", is_test, scores > 0),
        binary_report=compare(
            f"report, {digit} or not, test set",
            "classification_report",
            is_test,
            binary.predict(X),
        ),
        choices=choices(validated, validated_ten, is_test, scores, (y, said)),
        races=races,
        single_weights=single_weights,
        twins={
            eta: twins(data.X_train, data.y_train == digit, eta, TWIN_STEPS, seed) for eta in TWINS
        },
    )


def surest_mistakes(test_set, said, probabilities):
    wrong = np.flatnonzero(said != test_set.y)
    surest = wrong[np.argsort(-probabilities[wrong].max(axis=1), kind="stable")][:SHOWN]
    return tuple(
        (test_set.X[i], str(test_set.y[i]), str(said[i]), float(probabilities[i].max()))
        for i in surest
    )


def choices(binary, ten, is_test, scores, answers):
    """Return what the validation set promised of each choice, and what the test set says."""
    made = [
        Choice(
            "all ten digits",
            "accuracy",
            ten.training.judged_accuracy.ours,
            compare("accuracy, kept", "accuracy_score", *answers),
        )
    ]
    for wish, measure in zip(binary.wishes, ("recall", "precision", "recall"), strict=True):
        made.append(
            Choice(
                f"threshold {wish.threshold:+.3f}, for {wish.name}",
                measure,
                getattr(wish, measure).ours,
                compare(
                    f"{measure}, kept for {wish.name}",
                    f"{measure}_score",
                    is_test,
                    scores > wish.threshold,
                ),
            )
        )
    return tuple(made)
