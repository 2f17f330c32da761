"""Training, epoch by epoch: the weights as they form, and two ways to train against the clock."""

import time

import numpy as np

from scratch.chapter.lesson import Growth, Race
from scratch.linear_model import LogisticClassifier, SGDClassifier, SoftmaxClassifier
from scratch.losses import binary_cross_entropy, cross_entropy

RACE_EPOCHS = 6  # of the slower one; the other runs as long
MOST_EPOCHS = 60


def grow(data, digit, parameters, seed, say):
    """Train the softmax classifier one epoch at a time and keep what it looked like.

    Parameters
    ----------
    data : Data
    digit : str
        The digit of the binary race.
    parameters : dict
        Of the softmax classifier: batch_size and max_iter.
    seed : int
    say : callable

    Returns
    -------
    Growth
    """
    say("training it once more, epoch by epoch")
    classes, targets = np.unique(data.y_train, return_inverse=True)
    classifier = SoftmaxClassifier(**parameters, random_state=seed)
    n_features = data.X_train.shape[1]
    weights = [np.zeros((len(classes), n_features), dtype=np.float32)]
    losses = [np.log(len(classes))]  # with weights of zero all classes are equally likely
    accuracies = [float(np.mean(data.y_test == classes[0]))]  # and the first is said
    for _ in range(parameters["max_iter"]):
        classifier.partial_fit(data.X_train, data.y_train, classes=classes)
        weights.append(classifier.coef_.copy())
        losses.append(float(cross_entropy(classifier.decision_function(data.X_train), targets)[0]))
        accuracies.append(classifier.score(data.X_test, data.y_test))
    say("racing mini-batches against one sample at a time")
    return Growth(
        np.array(losses), np.array(accuracies), np.array(weights), race(data, digit, seed)
    )


def race(data, digit, seed):
    """Loss against training time: mini-batches, and one sample at a time as scikit-learn does."""
    positive = data.y_train == digit
    single = SGDClassifier(random_state=seed)
    batches = LogisticClassifier(batch_size=128, random_state=seed)
    slow = run("one sample at a time", single, data.X_train, positive, RACE_EPOCHS, np.inf)
    fast = run(
        "mini-batches of 128", batches, data.X_train, positive, MOST_EPOCHS, slow.seconds[-1]
    )
    return fast, slow


def run(name, classifier, X, y, epochs, limit):
    """Train for some epochs, or until the time is over; the clock stands still for the loss."""
    seconds, losses = [0.0], [np.log(2)]  # weights of zero give every sample the probability 1/2
    while len(losses) <= epochs and seconds[-1] < limit:
        start = time.perf_counter()
        classifier.partial_fit(X, y, classes=[False, True])
        seconds.append(seconds[-1] + time.perf_counter() - start)
        losses.append(float(binary_cross_entropy(classifier.decision_function(X), y)[0]))
    return Race(name, np.array(seconds), np.array(losses))
