"""Computes the chapter: data, training, judging. Everything that is shown comes from here."""

import time

import numpy as np
import sklearn.metrics
from sklearn.dummy import DummyClassifier
from sklearn.metrics import make_scorer
from sklearn.model_selection import cross_validate, train_test_split

from scratch import metrics
from scratch.chapter import examples
from scratch.chapter.examples import compare
from scratch.chapter.growth import watch
from scratch.chapter.landscape import landscape
from scratch.chapter.lesson import (
    Binary,
    BinaryLoss,
    Compared,
    Data,
    Lesson,
    TenClasses,
    Training,
    Wish,
)
from scratch.chapter.live import live
from scratch.chapter.races import race
from scratch.datasets import load_digits, load_mnist
from scratch.linear_model import LogisticClassifier, SoftmaxClassifier

# So many epochs that the step sizes, which fall to 0 over them, end at a good minimum.
PARAMETERS = {
    "digits": {"batch_size": 64, "max_iter": 50, "tol": None},
    "mnist": {"batch_size": 128, "max_iter": 6, "tol": None},
}
#: Of the ten digits: an epoch a call of `partial_fit`, whose steps do not fall to 0.
EPOCHS = {"digits": 50, "mnist": 10}
TITLES = {"digits": "scikit-learn's digits", "mnist": "MNIST"}


def compute(dataset="digits", digit="5", seed=0, say=lambda what: None):
    """Compute the whole chapter.

    Parameters
    ----------
    dataset : {"digits", "mnist"}, default="digits"
        Which digits.
    digit : str, default="5"
        The digit that the binary classifier tells from the others, "0" to "9".
    seed : int, default=0
        Seeds the split (digits) and the order of the mini-batches.
    say : callable, default: silent
        Told, in a few words, what is being computed.

    Returns
    -------
    Lesson
    """
    say(f"loading {dataset}")
    data = load(dataset, seed)
    parameters = PARAMETERS[dataset] | {"random_state": seed}
    carried = live(data, parameters)
    say("racing mini-batches against one sample at a time")
    races, single_weights = race(data, digit, seed)
    return Lesson(
        digit=digit,
        seed=seed,
        data=data,
        binary_loss=binary_loss(data, digit),
        small=examples.six_answers(),
        tumours=examples.tumours(),
        binary=binary(data, digit, LogisticClassifier(**parameters), say),
        ten=ten_classes(data, parameters, say),
        races=races,
        single_weights=single_weights,
        live=carried,
        landscape=landscape(carried.X_train, carried.y_train == digit, seed),
    )


def load(dataset, seed):
    """Load, split, and rescale the grey values to [0, 1], in float32."""
    if dataset == "mnist":
        X, y = load_mnist()
        parts = X[:60_000], X[60_000:], y[:60_000], y[60_000:]
        first_trained = np.full(10, True)
        split = "the first 60,000 train, the last 10,000 test, as MNIST's authors split them"
    else:
        X, y = load_digits()
        *parts, trained, _ = train_test_split(
            X, y, np.arange(len(y)), test_size=0.25, random_state=seed, stratify=y
        )
        first_trained = np.isin(np.arange(10), trained)
        split = f"a quarter held out to test, the same share of every digit (seed {seed})"
    white = int(X.max())
    X_train, X_test, y_train, y_test = parts
    return Data(
        name=dataset,
        title=TITLES[dataset],
        shape=X.shape,
        side=int(np.sqrt(X.shape[1])),
        white=white,
        split=split,
        first_labels=y[:10],
        first_digits=rescale(X[:10], white),
        first_trained=first_trained,
        X_train=rescale(X_train, white),
        X_test=rescale(X_test, white),
        y_train=y_train,
        y_test=y_test,
    )


def rescale(X, white):
    return X.astype(np.float32) / np.float32(white)


def binary_loss(data, digit):
    probabilities, if_one, if_zero = examples.loss_curves()
    return BinaryLoss(
        positives_train=int(np.sum(data.y_train == digit)),
        positives_test=int(np.sum(data.y_test == digit)),
        forecasts=examples.forecasts(),
        probabilities=probabilities,
        loss_if_one=if_one,
        loss_if_zero=if_zero,
    )


def binary(data, digit, classifier, say):
    """Parts 3 to 5: train "this digit or not", and judge it on the test set."""
    is_train, is_test = data.y_train == digit, data.y_test == digit  # each from its own labels
    say(f"training the binary classifier: {digit} or not {digit}")
    training = train("binary", classifier, data, is_train, is_test)
    say("cross-validating it")
    folds = cross_validation("3-fold accuracy", classifier, data.X_train, is_train)
    never = DummyClassifier(strategy="constant", constant=False)
    said = classifier.predict(data.X_test)
    scores = classifier.decision_function(data.X_test)
    first = classifier.predict_proba(data.first_digits)[:, 1]
    of_digit = classifier.predict_proba(data.X_train[is_train])[:, 1]
    curve = compare_curve("precision/recall curve", "precision_recall_curve", is_test, scores)
    wished = wishes(is_test, scores, *(part.ours for part in curve))
    *roc, _ = compare_curve("ROC curve", "roc_curve", is_test, scores)  # thresholds begin at inf
    return Binary(
        training=training,
        first_truth=data.first_labels == digit,
        first_predictions=classifier.predict(data.first_digits),
        first_probabilities=first,
        first_lower=(of_digit[:, None] < first).sum(axis=0),
        folds=folds,
        dumb_folds=cross_validation(f"3-fold, never {digit}", never, data.X_train, is_train),
        dumb_accuracy=compare(
            f"test accuracy, never {digit}", "accuracy_score", is_test, np.zeros_like(is_test)
        ),
        counts=examples.count(f"{digit} or not", is_test, said),
        confusion=compare(f"confusion matrix, {digit} or not", "confusion_matrix", is_test, said),
        report=compare(
            f"classification report, {digit} or not", "classification_report", is_test, said
        ),
        scores=scores,
        truth=is_test,
        precisions=curve[0],
        recalls=curve[1],
        thresholds=curve[2],
        false_positive_rates=roc[0],
        true_positive_rates=roc[1],
        shown=worth_showing(*(part.ours for part in curve), wished),
        wishes=wished,
    )


def train(name, classifier, data, target_train, target_test):
    """Fit, time it, and judge on both sets."""
    start = time.perf_counter()
    classifier.fit(data.X_train, target_train)
    seconds = time.perf_counter() - start
    return judge(name, classifier, data, target_train, target_test, repr(classifier), seconds)


def judge(name, classifier, data, target_train, target_test, call, seconds):
    """Judge a classifier on both sets."""
    judged = {}
    for part, X, target in (
        ("train", data.X_train, target_train),
        ("test", data.X_test, target_test),
    ):
        judged[f"{part}_loss"] = compare(
            f"log loss on {part}, {name}", "log_loss", target, classifier.predict_proba(X)
        )
        judged[f"{part}_accuracy"] = compare(
            f"accuracy on {part}, {name}", "accuracy_score", target, classifier.predict(X)
        )
    return Training(call, seconds, np.array(classifier.loss_curve_), **judged)


def cross_validation(name, classifier, X, y):
    """scikit-learn's 3-fold cross-validation of a classifier; each fold's accuracy, twice."""
    judges = {"ours": make_scorer(metrics.accuracy_score), "theirs": "accuracy"}
    folds = cross_validate(classifier, X, y, cv=3, scoring=judges)
    return tuple(
        Compared(f"{name}, fold {k}", float(ours), float(theirs))
        for k, (ours, theirs) in enumerate(
            zip(folds["test_ours"], folds["test_theirs"], strict=True), start=1
        )
    )


def compare_curve(name, function, truth, scores):
    """Return the three arrays of a curve over thresholds."""
    ours = getattr(metrics, function)(truth, scores)
    theirs = getattr(sklearn.metrics, function)(truth, scores)
    axes = {
        "precision_recall_curve": ("precisions", "recalls", "thresholds"),
        "roc_curve": ("false positive rates", "true positive rates", "thresholds"),
    }[function]
    return tuple(
        Compared(f"{name}, {axis}", *both) for axis, *both in zip(axes, ours, theirs, strict=True)
    )


def worth_showing(precisions, recalls, thresholds, wished):
    """Return the thresholds to draw: from precision above 0.3 to recall above 0.1."""
    low = thresholds[np.argmax(precisions > 0.3)]
    high = thresholds[np.flatnonzero(recalls[:-1] > 0.1)[-1]]
    chosen = [wish.threshold for wish in wished]
    return min(float(low), -1.0, *chosen), max(float(high), 1.0, *chosen)


def wishes(truth, scores, precisions, recalls, thresholds):
    """Thresholds that two people would choose: miss hardly anything, or hardly ever cry wolf."""
    careful = np.flatnonzero(recalls[:-1] >= 0.99)[-1]  # the highest threshold that does it
    precise = np.flatnonzero(precisions[:-1] >= 0.99)
    # The lowest threshold that does it; the highest of all where none does.
    strict = precise[0] if len(precise) else len(thresholds) - 1
    chosen = (
        ("tumours", "find 99 % of them: a missed one may cost a life", careful),
        ("spam", "be right in 99 % of the accusations: lost mail is worse than spam", strict),
    )
    return tuple(
        Wish(
            name,
            wish,
            float(thresholds[i]),
            *(
                compare(
                    f"{measure}, wished for {name}",
                    f"{measure}_score",
                    truth,
                    scores >= thresholds[i],
                )
                for measure in ("precision", "recall")
            ),
        )
        for name, wish, i in chosen
    )


def ten_classes(data, parameters, say):
    """Part 6: all ten digits."""
    say("training on all ten digits")
    classifier = SoftmaxClassifier(
        batch_size=parameters["batch_size"], random_state=parameters["random_state"]
    )
    epochs = EPOCHS[data.name]
    growth = watch(classifier, data, epochs)
    call = f"{classifier!r}, {epochs} × partial_fit"
    training = judge(
        "ten digits", classifier, data, data.y_train, data.y_test, call, growth.seconds
    )
    X_test = data.X_test.astype(np.float64)  # the page computes in float64 too
    said = classifier.predict(X_test)
    probabilities = classifier.predict_proba(X_test)
    wrong = np.flatnonzero(said != data.y_test)
    return TenClasses(
        small_targets=examples.THREE_TARGETS,
        small_probabilities=examples.THREE_PROBABILITIES,
        small_loss=examples.small_cross_entropy(),
        training=training,
        growth=growth,
        confusion=compare("confusion matrix, ten digits", "confusion_matrix", data.y_test, said),
        report=compare(
            "classification report, ten digits", "classification_report", data.y_test, said
        ),
        classes=classifier.classes_,
        weights=classifier.coef_,
        intercepts=classifier.intercept_,
        predictions=said,
        probabilities=probabilities,
        mistakes=wrong[np.argsort(-probabilities[wrong].max(axis=1), kind="stable")],
    )
