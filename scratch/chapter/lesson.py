"""The results of the chapter: one structure; terminal text, pictures and page are views of it.

The parts are those of the chapter, in its order. Parts 1 to 7 are computed from `Data`, which has
no test set; `Last` is all that is ever said of the test set.
"""

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


# --- Part 1: the data -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Data:
    """The digits that parts 1 to 7 may see, rescaled to [0, 1]: training and validation set."""

    name: str  # "digits" or "mnist"
    title: str  # the same, for people
    side: int  # pixels along an edge of a picture
    white: int  # the largest grey value before rescaling
    split: str  # how the three sets were chosen
    X: np.ndarray  # (n, n_features), float32, in [0, 1]; in the order in which they were drawn
    y: np.ndarray  # (n,), "0" to "9"
    trains: np.ndarray  # (n,), bool: in the training set; the others are the validation set
    n_test: int  # how many digits are shut away until part 8

    @property
    def X_train(self):
        """The training digits, (n, n_features)."""
        return self.X[self.trains]

    @property
    def y_train(self):
        """Their labels."""
        return self.y[self.trains]

    @property
    def X_validation(self):
        """The validation digits, (n, n_features)."""
        return self.X[~self.trains]

    @property
    def y_validation(self):
        """Their labels."""
        return self.y[~self.trains]


@dataclass(frozen=True)
class Carried:
    """The digits that the page carries: on the small data set all, of MNIST the first thousands."""

    X_train: np.ndarray  # (n, n_features), float32, in [0, 1]
    y_train: np.ndarray  # (n,), "0" to "9"
    X_validation: np.ndarray
    y_validation: np.ndarray
    batch_size: int


@dataclass(frozen=True)
class Pupil:
    """A way to answer, and its right answers on the training and on the validation digits."""

    name: str
    train: np.ndarray  # (n,), bool: right about each training digit that the page carries
    validation: np.ndarray  # the same of the validation digits


# --- Part 2: from a score to a probability --------------------------------------------------------


@dataclass(frozen=True)
class Forecast:
    """A small set of predictions and their binary cross-entropy."""

    kind: str
    targets: np.ndarray  # (n,), 0 or 1
    probabilities: np.ndarray  # (n,), of class 1
    loss: Compared


@dataclass(frozen=True)
class ByHand:
    """Some twenty digits, 0 or 1, told by one pixel, to fit a sigmoid to by hand."""

    x: np.ndarray  # (n,), grey values of the middle pixel, in [0, 1]
    y: np.ndarray  # (n,), 0 or 1
    w: float  # where the mean loss is lowest
    b: float
    loss: float  # there


@dataclass(frozen=True)
class Probability:
    """Targets "this digit or not", the price of an answer, and the sigmoid."""

    positives_train: int
    positives_validation: int
    forecasts: tuple  # of Forecast: good, perfect, awful
    probabilities: np.ndarray  # (m,), where the curves are drawn
    loss_if_one: np.ndarray  # (m,), the loss where the target is 1
    loss_if_zero: np.ndarray  # (m,)
    by_hand: ByHand


# --- Part 3: the derivative -----------------------------------------------------------------------


@dataclass(frozen=True)
class Slope:
    """The derivative of one sample's loss by its score: by the formula, and by differences."""

    z: float
    y: int
    formula: float  # σ(z) - y
    difference: float  # (L(z + h) - L(z - h)) / 2h


@dataclass(frozen=True)
class Derivative:
    """p - y, checked; and the training loop that follows from it."""

    h: float  # of the central differences
    slopes: tuple  # of Slope
    widths: np.ndarray  # (m,), values of h
    errors: np.ndarray  # (m,), of the central difference with each of them
    eta: float  # of the loop
    n_epochs: int
    losses: np.ndarray  # (2, n_epochs + 1), on training and validation set, after each epoch


# --- Part 4: the learning rate, batches, momentum -------------------------------------------------


@dataclass(frozen=True)
class Run:
    """One way down the landscape."""

    eta: float
    batch_size: int  # 0: all samples
    mu: float
    path: np.ndarray  # (n_steps + 1, 2), w and b
    losses: np.ndarray  # (n_steps + 1,)


@dataclass(frozen=True)
class Landscape:
    """The loss of "is it a 1, or a 0?" told by one pixel, over its weight and its intercept."""

    pixel: int
    counts: np.ndarray  # (2, white + 1): training digits of each kind by their grey value there
    minimum: np.ndarray  # (2,), w and b
    lowest: float  # the loss there
    curvatures: np.ndarray  # (2,), of the loss at its minimum, the flat direction first
    axes: np.ndarray  # (2, 2), from where to where w and b are drawn
    heights: np.ndarray  # (rows, columns): a row for each b, the highest first
    levels: np.ndarray  # (m,), where contour lines are drawn
    start: np.ndarray  # (2,)
    etas: tuple  # three learning rates: below the limit, near it, beyond it
    runs: tuple  # of Run: these three, the first with momentum, and one on single samples

    @property
    def limit(self):
        """The largest learning rate that comes to rest: 2 / curvature."""
        return 2 / float(self.curvatures[-1])


# --- Part 5: judging ------------------------------------------------------------------------------


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
    """A small example: the true labels, the answers, and their counts."""

    truth: np.ndarray  # (n,), 0 or 1
    said: np.ndarray  # (n,), 0 or 1
    accuracy: Compared
    counts: Counts


@dataclass(frozen=True)
class Training:
    """How a classifier was trained, and its results on two sets."""

    call: str  # the line of code that made it
    seconds: float
    n_epochs: int
    train_loss: Compared
    judged_loss: Compared  # on the validation set; in part 8 on the test set
    train_accuracy: Compared
    judged_accuracy: Compared


@dataclass(frozen=True)
class Wish:
    """A threshold that somebody would choose, and its ratios on the set it was chosen on."""

    name: str  # of who wishes
    wish: str
    threshold: float  # on the decision function; what lies above it is called positive
    precision: Compared
    recall: Compared


@dataclass(frozen=True)
class Averages:
    """One ratio of every class, and the three ways to make one number of them."""

    macro: Compared
    micro: Compared
    weighted: Compared


@dataclass(frozen=True)
class Binary:
    """The classifier that tells one digit from the others, judged on the validation set."""

    training: Training
    folds: tuple  # of Compared: the accuracy of 3-fold cross-validation within the training set
    dumb_accuracy: Compared  # of who never says the digit
    counts: Counts
    confusion: Compared  # (2, 2)
    report: Compared
    averages: Averages  # of the recall
    weights: np.ndarray  # (n_features,)
    intercept: float
    scores: np.ndarray  # (n_validation,), the decision function
    truth: np.ndarray  # (n_validation,), bool
    precisions: Compared  # (m + 1,), as precision_recall_curve gives them
    recalls: Compared  # (m + 1,)
    thresholds: Compared  # (m,)
    roc: tuple  # of Compared: false positive rates, true positive rates
    area: Compared  # under the ROC curve
    wishes: tuple  # of Wish


# --- Part 6: ten digits ---------------------------------------------------------------------------


@dataclass(frozen=True)
class TenClasses:
    """All ten digits at once, judged on the validation set."""

    small_targets: np.ndarray  # (n,), class indices
    small_probabilities: np.ndarray  # (n, 3)
    small_loss: Compared
    training: Training
    losses: np.ndarray  # (2, n_epochs + 1), on training and validation set, after each epoch
    accuracies: np.ndarray  # (n_epochs + 1,), on the validation set
    rest_accuracy: Compared  # of one-vs-rest
    rest_weights: np.ndarray  # (10, n_features), of one-vs-rest
    rest_intercepts: np.ndarray  # (10,)
    confusion: Compared  # (10, 10)
    report: Compared
    classes: np.ndarray  # (10,)
    weights: np.ndarray  # (10, n_features)
    intercepts: np.ndarray  # (10,)
    predictions: np.ndarray  # (n_validation,)
    probabilities: np.ndarray  # (n_validation, 10)
    mistakes: np.ndarray  # indices into the validation set, the most confident mistake first
    thrown: np.ndarray  # (n_epochs,): the training loss with a learning rate of 30, by epoch


# --- Part 7: generalisation -----------------------------------------------------------------------


@dataclass(frozen=True)
class Fit:
    """A training with so many digits and such a penalty, watched on both sets."""

    n: int
    alpha: float
    losses: np.ndarray  # (2, n_epochs + 1), on training and validation set

    @property
    def turn(self):
        """The epoch after which the validation loss was lowest."""
        return int(self.losses[1].argmin())


@dataclass(frozen=True)
class Reliability:
    """Ten bins of how sure it was, and how often it was right."""

    counts: np.ndarray  # (10,), answers in each bin
    sure: np.ndarray  # (10,), the mean probability of the answers
    right: np.ndarray  # (10,), the share of right ones


@dataclass(frozen=True)
class Oddity:
    """A picture that is no upright digit, and the answer to it."""

    pixels: np.ndarray  # (n_features,), in [0, 1]
    said: str
    probability: float


@dataclass(frozen=True)
class Generalisation:
    """Part 7: whether it holds for digits never seen, and for pictures of no digit."""

    eta: float
    batch_size: int
    n_epochs: int
    fits: tuple  # of Fit
    reliability: Reliability  # of the classifier of part 6
    scribbles: tuple  # of Oddity
    seven: int  # the index of a 7 in the validation set
    turned: tuple  # of Oddity: this 7, turned by 0°, 45°, ..., 180°


# --- Part 8: the test set, once -------------------------------------------------------------------


@dataclass(frozen=True)
class Race:
    """One way to train, timed: the loss on the training set before and after each epoch."""

    name: str
    seconds: np.ndarray  # (n_epochs + 1,), training time so far
    losses: np.ndarray  # (n_epochs + 1,)


@dataclass(frozen=True)
class Choice:
    """Something that was chosen on the validation set: promised there, and kept on the test set."""

    what: str
    measure: str
    promised: float
    kept: Compared


@dataclass(frozen=True)
class Last:
    """All that is said of the test set."""

    shape: tuple  # of the test set
    ten: Training
    confusion: Compared  # (10, 10)
    report: Compared
    wrong: int
    mistakes: tuple  # the surest: (pixels, label, said, probability)
    binary: Training
    counts: Counts  # of the digit, at threshold 0
    binary_report: Compared
    choices: tuple  # of Choice
    races: tuple  # of Race: mini-batches, one sample at a time, the same in scikit-learn
    single_weights: Compared  # (1, n_features), of one sample at a time
    twins: dict  # η -> (n_steps,), how far two runs drift apart that add up in another order


@dataclass(frozen=True)
class Lesson:
    """The whole chapter."""

    digit: str
    rule: str  # why this digit
    seed: int
    data: Data
    carried: Carried
    pupils: tuple  # of Pupil
    probability: Probability
    derivative: Derivative
    landscape: Landscape
    small: Answers  # six answers, four of them right
    tumours: Answers  # a hundred of them, and the flawed classifier
    binary: Binary
    ten: TenClasses
    generalisation: Generalisation
    last: Last

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
