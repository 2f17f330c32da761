"""Computes the chapter, part by part. The test set goes to the last part alone."""

from scratch.chapter import data as sets
from scratch.chapter import examples
from scratch.chapter import landscape as land
from scratch.chapter.derivative import derivative
from scratch.chapter.generalisation import generalisation
from scratch.chapter.judging import binary, hardest
from scratch.chapter.last import last
from scratch.chapter.lesson import Lesson, Probability
from scratch.chapter.ten import ten_classes
from scratch.linear_model import LogisticClassifier, SoftmaxClassifier

# So many epochs that the step sizes, which fall to 0 over them, end at a good minimum.
PARAMETERS = {
    "digits": {"batch_size": 64, "max_iter": 50, "tol": None},
    "mnist": {"batch_size": 128, "max_iter": 6, "tol": None},
}


def compute(dataset="digits", digit=None, seed=0, say=lambda what: None):
    """Compute the whole chapter.

    Parameters
    ----------
    dataset : {"digits", "mnist"}, default="digits"
        Which digits.
    digit : str, default=None
        The digit that the binary classifier tells from the others, "0" to "9"; None chooses one by
        the rule of `judging.hardest`.
    seed : int, default=0
        Seeds the split (digits) and the order of the mini-batches.
    say : callable, default: silent
        Told, in a few words, what is being computed.

    Returns
    -------
    Lesson
    """
    say(f"loading {dataset}")
    data, test_set = sets.load(dataset, seed)
    parameters = PARAMETERS[dataset] | {"random_state": seed}
    part = sets.carried(data, parameters["batch_size"])

    def make_binary():
        return LogisticClassifier(**parameters)

    def make_ten():
        return SoftmaxClassifier(batch_size=part.batch_size, random_state=seed)

    say("training a classifier for each digit, one-vs-rest")
    rest = make_binary().fit(data.X_train, data.y_train)
    digit, rule = (digit, "you chose it") if digit else chosen_digit(rest, data)
    two = binary(data, digit, make_binary(), say)
    softmax = make_ten()
    ten = ten_classes(data, part, softmax, rest, say)
    pixel, x, y = land.samples(data)
    say("walking down the loss")
    return Lesson(
        digit=digit,
        rule=rule,
        seed=seed,
        data=data,
        carried=part,
        pupils=sets.pupils(part, softmax),
        probability=probability(data, digit, x, y),
        derivative=derivative(data, digit, part.batch_size, seed),
        landscape=land.landscape(pixel, x, y, data.white, seed),
        small=examples.six_answers(),
        tumours=examples.tumours(),
        binary=two,
        ten=ten,
        generalisation=generalisation(
            dataset, part, softmax, ten.probabilities, data.y_validation.astype(int), seed
        ),
        last=last(data, test_set, digit, (make_binary, make_ten), (two, ten), seed, say),
    )


def chosen_digit(rest, data):
    above = rest.decision_function(data.X_validation) > 0  # (n, 10): each classifier by itself
    return hardest({str(label): above[:, k] for k, label in enumerate(rest.classes_)}, data)


def probability(data, digit, x, y):
    """Part 2."""
    p, if_one, if_zero = examples.loss_curves()
    return Probability(
        positives_train=int((data.y_train == digit).sum()),
        positives_validation=int((data.y_validation == digit).sum()),
        forecasts=examples.forecasts(),
        probabilities=p,
        loss_if_one=if_one,
        loss_if_zero=if_zero,
        by_hand=land.by_hand(x, y),
    )
