"""What the chapter found out: one structure; terminal text, pictures and page are views over it."""

from dataclasses import dataclass, fields, is_dataclass

import numpy as np


@dataclass(frozen=True)
class Compared:
    """Something that scikit-learn can compute too: a number, an array or a report's text."""

    name: str
    ours: float | np.ndarray | str
    theirs: float | np.ndarray | str

    @property
    def difference(self):
        """The largest absolute difference; of two texts, the number of characters that differ."""
        if isinstance(self.ours, str):
            differing = sum(a != b for a, b in zip(self.ours, self.theirs, strict=False))
            return float(differing + abs(len(self.ours) - len(self.theirs)))
        if np.shape(self.ours) != np.shape(self.theirs):
            return float("inf")
        return float(np.max(np.abs(np.subtract(self.ours, self.theirs))))


@dataclass(frozen=True)
class Data:
    """Part 1: the digits, split and rescaled to [0, 1]."""

    name: str  # "digits" or "mnist"
    title: str  # the same, for people
    shape: tuple  # of the whole set, (n_samples, n_features)
    side: int  # pixels along an edge of a picture
    white: int  # the largest grey value before rescaling
    split: str  # how the test set was chosen
    first_labels: np.ndarray  # (10,)
    first_digits: np.ndarray  # (10, n_features), in [0, 1]
    first_trained: np.ndarray  # (10,), bool: whether it is in the training set
    X_train: np.ndarray  # float32, in [0, 1]
    X_test: np.ndarray
    y_train: np.ndarray  # "0" to "9"
    y_test: np.ndarray


@dataclass(frozen=True)
class Forecast:
    """A small set of predictions and what binary cross-entropy says of them."""

    kind: str
    targets: np.ndarray  # (n,), 0 or 1
    probabilities: np.ndarray  # (n,), of class 1
    loss: Compared


@dataclass(frozen=True)
class Counts:
    """The four kinds of answers to a yes-or-no question, and the ratios made of them."""

    true_negatives: int
    false_positives: int
    false_negatives: int
    true_positives: int
    precision: Compared
    recall: Compared
    f1: Compared


@dataclass(frozen=True)
class Answers:
    """A small example: what is true, what was said, and the counts of it."""

    truth: np.ndarray  # (n,), 0 or 1
    said: np.ndarray  # (n,), 0 or 1
    accuracy: Compared
    counts: Counts


@dataclass(frozen=True)
class BinaryLoss:
    """Part 2: targets "this digit or not", and the loss."""

    positives_train: int
    positives_test: int
    forecasts: tuple  # of Forecast: good, perfect, awful
    probabilities: np.ndarray  # (m,), where the curves are drawn
    loss_if_one: np.ndarray  # (m,), the loss where the target is 1
    loss_if_zero: np.ndarray  # (m,)


@dataclass(frozen=True)
class Training:
    """How a classifier was trained, and what it then reached."""

    call: str  # the line of code that made it
    seconds: float
    loss_curve: np.ndarray  # (n_epochs,), the objective as the solver reports it
    train_loss: Compared
    test_loss: Compared
    train_accuracy: Compared
    test_accuracy: Compared


@dataclass(frozen=True)
class Binary:
    """Parts 3 to 5: the classifier that tells one digit from the others, trained and judged."""

    training: Training
    first_truth: np.ndarray  # (10,), bool
    first_predictions: np.ndarray  # (10,), bool
    first_probabilities: np.ndarray  # (10,)
    first_lower: np.ndarray  # (10,), how many training digits of this kind get a lower probability
    folds: tuple  # of Compared: the accuracy of 3-fold cross-validation
    dumb_folds: tuple  # the same of the classifier that always says no
    dumb_accuracy: Compared  # on the test set
    counts: Counts  # on the test set, as everything below
    confusion: Compared  # (2, 2)
    report: Compared
    scores: np.ndarray  # (n_test,), the decision function
    truth: np.ndarray  # (n_test,), bool
    precisions: Compared  # (m + 1,), as precision_recall_curve gives them
    recalls: Compared  # (m + 1,)
    thresholds: Compared  # (m,)
    false_positive_rates: Compared  # (k,), as roc_curve gives them
    true_positive_rates: Compared  # (k,)
    shown: tuple  # the thresholds worth showing: lowest, highest
    wishes: tuple  # of Wish


@dataclass(frozen=True)
class Wish:
    """A threshold that somebody would choose, and what it brings on the test set."""

    name: str  # of who wishes
    wish: str
    threshold: float  # on the decision function
    precision: Compared
    recall: Compared


@dataclass(frozen=True)
class Growth:
    """The classifier of the ten digits, epoch by epoch: index 0 is before training."""

    seconds: float  # of training, without what it takes to watch
    train_losses: np.ndarray  # (n_epochs + 1,), cross-entropy on the training set
    test_losses: np.ndarray  # (n_epochs + 1,), on the test set
    accuracies: np.ndarray  # (n_epochs + 1,), on the test set
    weights: np.ndarray  # (n_epochs + 1, 10, n_features)


@dataclass(frozen=True)
class TenClasses:
    """Part 6: all ten digits at once."""

    small_targets: np.ndarray  # (n,), class indices
    small_probabilities: np.ndarray  # (n, 3)
    small_loss: Compared
    training: Training
    growth: Growth
    confusion: Compared  # (10, 10)
    report: Compared
    classes: np.ndarray  # (10,)
    weights: np.ndarray  # (10, n_features)
    intercepts: np.ndarray  # (10,)
    predictions: np.ndarray  # (n_test,)
    probabilities: np.ndarray  # (n_test, 10)
    mistakes: np.ndarray  # indices into the test set, the most confident mistake first


@dataclass(frozen=True)
class Race:
    """One way to train, timed: the loss on the training set before and after each epoch."""

    name: str
    seconds: np.ndarray  # (n_epochs + 1,), training time so far
    losses: np.ndarray  # (n_epochs + 1,)


@dataclass(frozen=True)
class Live:
    """The digits that one can train on in the page, and what learning_rate="auto" needs of them."""

    what: str  # these digits, for people
    X_train: np.ndarray  # (n, n_features), float32, in [0, 1]
    y_train: np.ndarray  # (n,), "0" to "9"
    X_test: np.ndarray
    y_test: np.ndarray
    batch_size: int
    epochs: int  # of a run of "auto"
    curvature: float  # h λ, the bound on the loss's, with x̃ = (x, 1)
    variance: float  # T, of one sample's gradient at the guess of the classes' frequencies
    entropy: float  # H, of the classes, in nats


@dataclass(frozen=True)
class Landscape:
    """The loss of a classifier with two weights, and ways down it."""

    pixels: tuple  # the two that it sees
    means: np.ndarray  # (2,), of these pixels on the digits that the page carries
    spreads: np.ndarray  # (2,), their standard deviations
    intercept: float
    optimum: np.ndarray  # (2,)
    axes: np.ndarray  # (2, m), the weights at which the loss is drawn
    losses: np.ndarray  # (m, m), a row for each value of the second weight
    paths: dict  # (how many samples a step, η) -> (n_steps + 1, 2)


@dataclass(frozen=True)
class Lesson:
    """The whole chapter."""

    digit: str
    seed: int
    data: Data
    binary_loss: BinaryLoss
    small: Answers  # six answers, four of them right
    tumours: Answers  # a hundred of them, and the flawed classifier
    binary: Binary
    ten: TenClasses
    races: tuple  # of Race: mini-batches, one sample at a time, the same in scikit-learn
    single_weights: Compared  # (1, n_features), of one sample at a time
    live: Live
    landscape: Landscape

    @property
    def table(self):
        """Every `Compared` of the chapter, in its order: the closing table."""
        return tuple(_walk(self))


def _walk(part):
    if isinstance(part, Compared):
        yield part
    elif is_dataclass(part):
        for field in fields(part):
            yield from _walk(getattr(part, field.name))
    elif isinstance(part, tuple):
        for item in part:
            yield from _walk(item)
