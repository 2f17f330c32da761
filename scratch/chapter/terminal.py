"""The chapter as text, for the terminal: at most 80 columns wide, a reason before each number."""

import re
import textwrap

import numpy as np

from scratch.chapter.formats import (
    compared,
    count,
    difference,
    listed,
    loss,
    percent,
    probability,
    seconds,
    shape,
    whole,
)
from scratch.chapter.words import of_first_digits, of_missed_digits, of_table

WIDTH = 80
NAME = 42  # width of the closing table's names
BOLD, PLAIN = "\033[1m", "\033[0m"


def tell(lesson, *, table=False, colour=False):
    """Return the whole chapter.

    Parameters
    ----------
    lesson : Lesson
    table : bool, default=False
        Whether the closing table is told whole, or in one line.
    colour : bool, default=False
        Whether headings are bold, for a terminal that can.

    Returns
    -------
    str
    """
    parts = [data, targets, training, accuracy, errors, ten_classes, closing_line]
    if table:
        parts[-1] = closing_table
    text = "\n".join("\n".join(part(lesson)) for part in parts)
    if colour:
        text = re.sub(r"^(\d\. .*)$", rf"{BOLD}\1{PLAIN}", text, flags=re.MULTILINE)
    return text


def told(*sentences):
    """Return sentences as lines that fit the width."""
    return textwrap.wrap(" ".join(sentences), WIDTH, break_long_words=False)


def heading(text):
    return ["", text, "=" * len(text), ""]


def data(lesson):
    d = lesson.data
    return [
        *heading("1. The data"),
        *told(
            f"{d.title}: {shape(d.shape)}, one row a digit of {d.side} × {d.side} pixels, grey"
            f" values 0 to {d.white}. What is learnt has to hold for digits never seen: so some"
            " are held out, and the classifier never trains on them."
        ),
        *told(f"split: {d.split}"),
        f"  to train  {shape(d.X_train.shape)}",
        f"  to test   {shape(d.X_test.shape)}",
        f"rescaled to [{d.X_train.min():g}, {d.X_train.max():g}], {d.X_train.dtype}",
        f"first ten labels  {' '.join(d.first_labels)}",
        *told(of_first_digits(lesson)),
    ]


def targets(lesson):
    part, d = lesson.binary_loss, lesson.data
    lines = [
        *heading(f"2. Targets and loss: {lesson.digit} or not {lesson.digit}"),
        *told(
            f"The target is 1 for a {lesson.digit} and 0 for any other digit:"
            f" of {count(len(d.y_train))} training labels {count(part.positives_train)}"
            f" are {lesson.digit}, of {count(len(d.y_test))} test labels"
            f" {count(part.positives_test)}."
        ),
        "",
        *told(
            "How bad is a forecast? Binary cross-entropy is the mean of -log(the probability given"
            " to what happened): being sure and right costs nothing, being sure and wrong costs"
            " without limit."
        ),
        f"What happened: {listed(part.forecasts[0].targets, 'd')}",
        "",
        f"  {'forecast':9} {'probabilities of 1':22} {'ours':>8}  {'scikit-learn':>12}",
    ]
    for forecast in part.forecasts:
        lines.append(
            f"  {forecast.kind:9} {listed(forecast.probabilities, '.2f'):22}"
            f" {loss(forecast.loss.ours):>8}  {loss(forecast.loss.theirs):>12}"
        )
    return lines


def training(lesson):
    b = lesson.binary
    sets = ("train" if trained else "test" for trained in lesson.data.first_trained)
    return [
        *heading("3. Training the binary classifier"),
        *told(
            "The gradient of this loss with respect to the score is probability - target. Training"
            " takes a small batch of samples, steps against its gradient, and takes the next one."
        ),
        "",
        *trained(b.training),
        *told(
            "The same one sample at a time is scikit-learn's SGDClassifier; there our weights"
            f" differ from its by {difference(lesson.single_weights.difference)}"
        ),
        "",
        "What it says of the first ten digits:",
        f"  set          {words(sets)}",
        f"  label        {words(lesson.data.first_labels)}",
        f"  truth        {words(yes_no(b.first_truth, lesson.digit))}",
        f"  prediction   {words(yes_no(b.first_predictions, lesson.digit))}",
        f"  probability  {words(f'{p:.3f}' for p in b.first_probabilities)}",
        *told(of_missed_digits(lesson)),
    ]


def trained(t):
    """Return what there is to say of any training."""
    return [
        *told(t.call),
        f"{len(t.loss_curve)} epochs in {seconds(t.seconds)} s",
        f"log loss: {loss(t.train_loss.ours)} on the training set,"
        f" {loss(t.test_loss.ours)} on the test set",
    ]


def accuracy(lesson):
    b, small = lesson.binary, lesson.small
    right = int(np.sum(small.truth == small.said))
    return [
        *heading("4. Accuracy, and why it flatters"),
        *told("Accuracy is the share of right answers."),
        f"by hand: truth {listed(small.truth, 'd')}, said {listed(small.said, 'd')}:",
        f"         {right}/{len(small.truth)} right = {percent(small.accuracy.ours)}",
        f"training accuracy    {percent(b.training.train_accuracy.ours)}",
        f"test accuracy        {percent(b.training.test_accuracy.ours)}",
        f"3-fold accuracy      {', '.join(percent(f.ours) for f in b.folds)}",
        "",
        *told(
            f"That sounds good. But most digits are no {lesson.digit}, and who never says"
            f" {lesson.digit} is right of all of these:"
        ),
        f"test accuracy        {percent(b.dumb_accuracy.ours)}",
        f"3-fold accuracy      {', '.join(percent(f.ours) for f in b.dumb_folds)}",
    ]


def errors(lesson):
    b, small, tumours, digit = lesson.binary, lesson.small, lesson.tumours, lesson.digit
    return [
        *heading("5. Two kinds of errors"),
        *told(
            "A miss and a false alarm are different errors, and seldom cost the same. So count them"
            f" apart: {digit} or not, on the test set:"
        ),
        *counts(b.counts, f"not {digit}", f"is {digit}"),
        f"precision {percent(b.counts.precision.ours)}: so many of those called {digit} are one",
        f"recall    {percent(b.counts.recall.ours)}: so many of the {digit}s were found",
        f"F1        {percent(b.counts.f1.ours)}: the harmonic mean of the two",
        "",
        f"the six answers of part 4: precision {percent(small.counts.precision.ours)},"
        f" recall {percent(small.counts.recall.ours)}",
        "",
        *told(
            "Why it matters: a flawed classifier of a hundred tumours, nine of them malignant,"
            " finds one of these and accuses one benign."
        ),
        *counts(tumours.counts, "benign", "malignant"),
        f"accuracy {whole(tumours.accuracy.ours)}, yet precision"
        f" {whole(tumours.counts.precision.ours)} and recall {whole(tumours.counts.recall.ours)}",
        "",
        *told(
            f"It says {digit} where the score reaches a threshold, 0 unless told otherwise. Another"
            " threshold trades one kind of error for the other:"
        ),
        *(
            f"  {w.name:8} {w.wish}\n"
            f"  {'':8} threshold {w.threshold:+.3f}: precision {percent(w.precision.ours)},"
            f" recall {percent(w.recall.ours)}"
            for w in b.wishes
        ),
        "",
        f"classification report ({digit} or not, test set)",
        "",
        b.report.ours.rstrip(),
    ]


def counts(c, negative, positive):
    """Return the four counts as a little table."""
    width = max(len(negative), len(positive)) + 2
    return [
        f"  {'':{width}} {'said ' + negative:>16} {'said ' + positive:>16}",
        f"  {negative:{width}} {count(c.true_negatives):>13} TN {count(c.false_positives):>13} FP",
        f"  {positive:{width}} {count(c.false_negatives):>13} FN {count(c.true_positives):>13} TP",
    ]


def ten_classes(lesson):
    ten = lesson.ten
    lines = [
        *heading("6. All ten digits"),
        *told(
            "Ten scores instead of one; the softmax turns them into ten probabilities that sum to"
            " 1. Cross-entropy asks again for the one that was given to the truth. By hand:"
        ),
        *(
            f"  true class {target}, forecast {listed(row, '.2f')}"
            for target, row in zip(ten.small_targets, ten.small_probabilities, strict=True)
        ),
        f"  cross-entropy {loss(ten.small_loss.ours)}, scikit-learn {loss(ten.small_loss.theirs)}",
        "",
        *trained(ten.training),
        f"training accuracy    {percent(ten.training.train_accuracy.ours)}",
        f"test accuracy        {percent(ten.training.test_accuracy.ours)}",
        "",
        "Which digits are taken for which? Confusion matrix (rows: truth; columns: said)",
        "",
        f"     {''.join(f'{c:>6}' for c in ten.classes)}",
    ]
    for label, row in zip(ten.classes, ten.confusion.ours, strict=True):
        lines.append(f"  {label}  {''.join(f'{n:>6}' for n in row.tolist())}")
    lines += ["", "classification report (ten digits, test set)", "", ten.report.ours]
    lines.append(f"{count(len(ten.mistakes))} test digits are wrong. The ones it was surest of:")
    for i in ten.mistakes[:5]:
        lines.append(
            f"  {lesson.data.y_test[i]}, said {ten.predictions[i]}"
            f" with probability {probability(ten.probabilities[i].max())}"
        )
    return lines


def closing_line(lesson):
    return [*heading("7. Ours and scikit-learn's"), of_table(lesson.table), "(--table shows them)"]


def closing_table(lesson):
    lines = [
        *heading("7. Ours and scikit-learn's"),
        f"{'':{NAME}} {'ours':>14} {'scikit-learn':>14} {'differ':>7}",
    ]
    for row in lesson.table:
        lines.append(
            f"{row.name:{NAME}} {compared(row.ours):>14} {compared(row.theirs):>14}"
            f" {difference(row.difference):>7}"
        )
    return [*lines, "", of_table(lesson.table)]


def words(items):
    return " ".join(f"{item:>5}" for item in items)


def yes_no(values, digit):
    return [digit if value else "no" for value in values]
