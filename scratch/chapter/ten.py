"""Part 6: all ten digits, by the softmax and by one-vs-rest, judged on the validation set."""

import time

import numpy as np

from scratch import textbook
from scratch.chapter import examples
from scratch.chapter.examples import compare
from scratch.chapter.judging import judge
from scratch.chapter.lesson import TenClasses
from scratch.chapter.page_order import PageOrder
from scratch.losses import cross_entropy

#: An epoch a call of `partial_fit`, whose steps do not fall to 0.
EPOCHS = {"digits": 50, "mnist": 10}
TOO_LARGE, THROWN_EPOCHS = 30.0, 10


def ten_classes(data, part, classifier, rest, say):
    """Train on all ten digits, watched epoch by epoch.

    Parameters
    ----------
    data : Data
    part : Carried
        What the page trains on: here with a learning rate that is too large.
    classifier : SoftmaxClassifier
        Not yet trained.
    rest : LogisticClassifier
        Trained, one-vs-rest.
    say : callable
    """
    say("training on all ten digits")
    epochs = EPOCHS[data.name]
    sets = (data.X_train, data.y_train), (data.X_validation, data.y_validation)
    seconds, losses, accuracies = watch(classifier, sets, epochs)
    call = f"{classifier!r}, {epochs} × partial_fit"
    X, y = data.X_validation.astype(np.float64), data.y_validation  # the page computes in float64
    said = classifier.predict(X)
    probabilities = classifier.predict_proba(X)
    wrong = np.flatnonzero(said != y)
    return TenClasses(
        small_targets=examples.THREE_TARGETS,
        small_probabilities=examples.THREE_PROBABILITIES,
        small_loss=examples.small_cross_entropy(),
        training=judge("ten digits", classifier, sets, call, seconds, epochs),
        losses=losses,
        accuracies=accuracies,
        rest_accuracy=compare("accuracy, one-vs-rest", "accuracy_score", y, rest.predict(X)),
        rest_weights=rest.coef_,
        rest_intercepts=rest.intercept_,
        confusion=compare("confusion matrix, ten digits", "confusion_matrix", y, said),
        report=compare("classification report, ten digits", "classification_report", y, said),
        classes=classifier.classes_,
        weights=classifier.coef_,
        intercepts=classifier.intercept_,
        predictions=said,
        probabilities=probabilities,
        mistakes=wrong[np.argsort(-probabilities[wrong].max(axis=1), kind="stable")],
        thrown=thrown(part),
    )


def watch(classifier, sets, epochs):
    """Train, an epoch a call of `partial_fit`, and judge after each.

    Returns
    -------
    seconds : float
        Of training, without what it takes to watch.
    losses : ndarray of shape (2, epochs + 1)
        Cross-entropy on the first and the second set; before training every class is as likely.
    accuracies : ndarray of shape (epochs + 1,)
        On the second set.
    """
    (X, y), (X_judged, y_judged) = sets
    classes, seconds = np.unique(y), 0.0
    losses = [[np.log(len(classes))] * 2]
    accuracies = [
        float(np.mean(y_judged == classes[0]))
    ]  # of equal scores the first class is named
    for _ in range(epochs):
        start = time.perf_counter()
        classifier.partial_fit(X, y, classes=classes)
        seconds += time.perf_counter() - start
        losses.append([loss_of(classifier, *part) for part in sets])
        accuracies.append(classifier.score(X_judged, y_judged))
    return seconds, np.array(losses).T, np.array(accuracies)


def loss_of(classifier, X, y):
    codes = np.searchsorted(classifier.classes_, y)
    return float(cross_entropy(classifier.decision_function(X), codes)[0])


def thrown(part):
    """Return the training loss after each epoch of steps that are far too large."""
    X, y = part.X_train.astype(np.float64), part.y_train.astype(int)
    rng = PageOrder()
    W, b, losses = np.zeros((10, X.shape[1])), np.zeros(10), []
    for _ in range(THROWN_EPOCHS):
        for batch in textbook.minibatches(len(y), part.batch_size, rng):
            W, b = textbook.sgd_step(W, b, X[batch], y[batch], TOO_LARGE, 0.0)
        losses.append(textbook.cross_entropy(X @ W.T + b, y))
    return np.array(losses)
