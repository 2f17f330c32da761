"""Training, epoch by epoch: the weights as they form, and ways to train against the clock."""

import time

import numpy as np
from sklearn import linear_model

from scratch.chapter.lesson import Compared, Growth, Race
from scratch.linear_model import LogisticClassifier, SGDClassifier, SoftmaxClassifier
from scratch.losses import binary_cross_entropy, cross_entropy

EPOCHS = {"digits": 50, "mnist": 10}
RACE_EPOCHS = {"digits": (60, 6), "mnist": (20, 3)}  # of mini-batches; of one sample at a time


def grow(data, digit, parameters, say):
    """Train the softmax classifier epoch by epoch, and keep what it looked like.

    Parameters
    ----------
    data : Data
    digit : str
        The digit of the binary race.
    parameters : dict
        Of the softmax classifier.
    say : callable

    Returns
    -------
    Growth
    """
    say("training it once more, epoch by epoch")
    classes, targets = np.unique(data.y_train, return_inverse=True)
    # The mean of the weights over all steps so far: it forms without the jitter of the last step.
    classifier = SoftmaxClassifier(**parameters, average=True)
    n_features = data.X_train.shape[1]
    weights = [np.zeros((len(classes), n_features), dtype=np.float32)]
    losses = [np.log(len(classes))]  # with weights of zero all classes are equally likely
    accuracies = [float(np.mean(data.y_test == classes[0]))]  # and the first is said
    for _ in range(EPOCHS[data.name]):
        classifier.partial_fit(data.X_train, data.y_train, classes=classes)
        weights.append(classifier.coef_.copy())
        losses.append(float(cross_entropy(classifier.decision_function(data.X_train), targets)[0]))
        accuracies.append(classifier.score(data.X_test, data.y_test))
    say("racing mini-batches against one sample at a time")
    races, single = race(data, digit, parameters["random_state"])
    return Growth(np.array(losses), np.array(accuracies), np.array(weights), races, single)


def race(data, digit, seed):
    """Loss against training time: mini-batches, and one sample at a time, ours and scikit-learn's.

    Returns
    -------
    races : tuple of Race
    weights : Compared
        What one sample at a time ends with, ours and scikit-learn's.
    """
    positive = data.y_train == digit
    batches = LogisticClassifier(batch_size=128, random_state=seed)
    ours = SGDClassifier(random_state=seed)
    theirs = linear_model.SGDClassifier(loss="log_loss", random_state=seed)
    many, few = RACE_EPOCHS[data.name]
    races = (
        run("mini-batches of 128", batches, data.X_train, positive, many),
        run("one sample at a time", ours, data.X_train, positive, few),
        run("the same in scikit-learn, compiled", theirs, data.X_train, positive, few),
    )
    name = f"weights, one sample at a time, {few} epochs"
    return races, Compared(name, ours.coef_, theirs.coef_)


def run(name, classifier, X, y, epochs):
    """Train for some epochs; while the loss is computed the clock stands still."""
    seconds, losses = [0.0], [np.log(2)]  # weights of zero give every sample the probability 1/2
    for _ in range(epochs):
        start = time.perf_counter()
        classifier.partial_fit(X, y, classes=[False, True])
        seconds.append(seconds[-1] + time.perf_counter() - start)
        losses.append(float(binary_cross_entropy(classifier.decision_function(X), y)[0]))
    return Race(name, np.array(seconds), np.array(losses))
