"""The run of the ten digits, watched epoch by epoch: the run that all else in the chapter shows."""

import time

import numpy as np

from scratch.chapter.lesson import Growth
from scratch.losses import cross_entropy


def watch(classifier, data, epochs):
    """Train a classifier, an epoch a call of `partial_fit`, and keep what it was after each.

    Parameters
    ----------
    classifier : SoftmaxClassifier
        Left with the weights after the last epoch.
    data : Data
    epochs : int

    Returns
    -------
    Growth
    """
    classes = np.unique(data.y_train)
    weights = [np.zeros((len(classes), data.X_train.shape[1]), dtype=np.float32)]
    losses = {"train": [np.log(len(classes))], "test": [np.log(len(classes))]}  # of zero weights
    accuracies = [
        float(np.mean(data.y_test == classes[0]))
    ]  # of zero weights, too: the first class for all
    sets = {"train": (data.X_train, data.y_train), "test": (data.X_test, data.y_test)}
    seconds = 0.0
    for _ in range(epochs):
        start = time.perf_counter()
        classifier.partial_fit(data.X_train, data.y_train, classes=classes)
        seconds += time.perf_counter() - start
        weights.append(classifier.coef_.copy())
        for name, (X, y) in sets.items():
            scores = classifier.decision_function(X)  # (n_samples, n_classes)
            losses[name].append(float(cross_entropy(scores, np.searchsorted(classes, y))[0]))
        accuracies.append(classifier.score(data.X_test, data.y_test))
    return Growth(
        seconds=seconds,
        train_losses=np.array(losses["train"]),
        test_losses=np.array(losses["test"]),
        accuracies=np.array(accuracies),
        weights=np.array(weights),
    )
