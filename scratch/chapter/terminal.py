"""The chapter as text, for the terminal."""

import numpy as np

from scratch.chapter.formats import (
    compared,
    count,
    difference,
    listed,
    loss,
    percent,
    seconds,
    shape,
    whole,
)


def tell(lesson):
    """The whole chapter.

    Parameters
    ----------
    lesson : Lesson

    Returns
    -------
    str
    """
    parts = (data, targets, training, accuracy, errors, ten_classes, closing_table)
    return "\n".join("\n".join(part(lesson)) for part in parts)


def heading(text):
    return ["", text, "=" * len(text), ""]


def data(lesson):
    d = lesson.data
    return [
        *heading("1. The data"),
        f"{d.title}: {shape(d.shape)}, one row a digit of {d.side} × {d.side} pixels,"
        f" grey values 0 to {d.white}",
        f"split: {d.split}",
        f"  to train  {shape(d.X_train.shape)}",
        f"  to test   {shape(d.X_test.shape)}",
        f"rescaled to [{d.X_train.min():g}, {d.X_train.max():g}], {d.X_train.dtype}",
        f"first ten labels  {' '.join(d.first_labels)}",
    ]


def targets(lesson):
    part, d = lesson.binary_loss, lesson.data
    lines = [
        *heading(f"2. Targets and loss: {lesson.digit} or not {lesson.digit}"),
        f"of {count(len(d.y_train))} training labels {count(part.positives_train)}"
        f" are {lesson.digit}; of {count(len(d.y_test))} test labels {count(part.positives_test)}",
        "",
        "Binary cross-entropy is the mean of -log(the probability given to what happened).",
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
    return [
        *heading("3. Training the binary classifier"),
        *trained(b.training),
        f"the same with one sample at a time: SGDClassifier's weights differ from scikit-learn's by"
        f" {difference(lesson.single_weights.difference)}",
        "",
        "the first ten digits",
        f"  label        {words(lesson.data.first_labels)}",
        f"  truth        {words(yes_no(b.first_truth, lesson.digit))}",
        f"  prediction   {words(yes_no(b.first_predictions, lesson.digit))}",
        f"  probability  {words(f'{p:.3f}' for p in b.first_probabilities)}",
    ]


def trained(t):
    """What there is to say of any training."""
    return [
        t.call,
        f"{len(t.loss_curve)} epochs in {seconds(t.seconds)} s; its loss curve from"
        f" {loss(t.loss_curve[0])} to {loss(t.loss_curve[-1])}",
        f"log loss: {loss(t.train_loss.ours)} on the training set,"
        f" {loss(t.test_loss.ours)} on the test set",
    ]


def accuracy(lesson):
    b, small = lesson.binary, lesson.small
    right = int(np.sum(small.truth == small.said))
    return [
        *heading("4. Accuracy, and why it flatters"),
        f"by hand: truth {listed(small.truth, 'd')}, said {listed(small.said, 'd')}:"
        f" {right}/{len(small.truth)} right = {percent(small.accuracy.ours)}",
        f"training accuracy    {percent(b.training.train_accuracy.ours)}",
        f"test accuracy        {percent(b.training.test_accuracy.ours)}",
        f"3-fold accuracy      {', '.join(percent(f.ours) for f in b.folds)}",
        "",
        f"A dumb classifier that never says {lesson.digit}:",
        f"test accuracy        {percent(b.dumb_accuracy.ours)}",
        f"3-fold accuracy      {', '.join(percent(f.ours) for f in b.dumb_folds)}",
    ]


def errors(lesson):
    b, small, tumours, digit = lesson.binary, lesson.small, lesson.tumours, lesson.digit
    return [
        *heading("5. Two kinds of errors"),
        f"{digit} or not, on the test set:",
        *counts(b.counts, f"not {digit}", f"is {digit}"),
        f"precision {percent(b.counts.precision.ours)}: so many of those called {digit} are one",
        f"recall    {percent(b.counts.recall.ours)}: so many of the {digit}s were found",
        f"F1        {percent(b.counts.f1.ours)}: the harmonic mean of the two",
        "",
        f"the six answers of part 4: precision {percent(small.counts.precision.ours)},"
        f" recall {percent(small.counts.recall.ours)}",
        "",
        "A flawed classifier of a hundred tumours, nine of them malignant:",
        *counts(tumours.counts, "benign", "malignant"),
        f"accuracy {whole(tumours.accuracy.ours)}, yet precision"
        f" {whole(tumours.counts.precision.ours)} and recall {whole(tumours.counts.recall.ours)}",
        "",
        "Another threshold on the score trades one for the other:",
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
    """The four counts as a little table."""
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
        "Cross-entropy is the same for several classes. The small example:",
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
        "confusion matrix (rows: truth; columns: said)",
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
            f" with probability {ten.probabilities[i].max():.3f}"
        )
    return lines


def closing_table(lesson):
    width = max(len(row.name) for row in lesson.table)
    lines = [
        *heading("7. Ours and scikit-learn's"),
        f"{'':{width}}  {'ours':>15}  {'scikit-learn':>15}  {'difference':>10}",
    ]
    for row in lesson.table:
        lines.append(
            f"{row.name:{width}}  {compared(row.ours):>15}  {compared(row.theirs):>15}"
            f"  {difference(row.difference):>10}"
        )
    return lines


def words(items):
    return " ".join(f"{item:>5}" for item in items)


def yes_no(values, digit):
    return [digit if value else "no" for value in values]
