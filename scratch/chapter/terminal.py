"""The chapter as text, for the terminal: as wide as that, at most 80 columns; a reason first."""

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
    signed,
    whole,
)
from scratch.chapter.homework import HOMEWORK, names
from scratch.chapter.parts import PARTS, questions, thrown
from scratch.chapter.words import article, of_reliability, of_strangers, of_table

WIDTH = 80  # at most
BOLD, PLAIN = "\033[1m", "\033[0m"


def tell(lesson, *, table=False, colour=False, width=WIDTH):
    """Return the whole chapter.

    Parameters
    ----------
    lesson : Lesson
    table : bool, default=False
        Whether the closing table is told whole, or in one line.
    colour : bool, default=False
        Whether headings are bold, for a terminal that can.
    width : int, default=80
        Of the terminal; told are lines of 60 to 80 columns.

    Returns
    -------
    str
    """
    teller = Teller(lesson, min(max(width, 60), WIDTH), table)
    text = "\n".join(teller.lines())
    if colour:
        text = re.sub(r"^(\d\. .*)$", rf"{BOLD}\1{PLAIN}", text, flags=re.MULTILINE)
    return text


class Teller:
    """Tells a lesson in lines of some width."""

    def __init__(self, lesson, width, table):
        self.lesson, self.width, self.table = lesson, width, table

    def lines(self):
        """Yield the lines of all parts."""
        tellers = (
            *(self._data, self._probability, self._derivative, self._landscape),
            *(self._judging, self._ten_digits, self._generalisation, self._test_set),
        )
        asked = questions(self.lesson)
        for part, tell_part in zip(PARTS, tellers, strict=True):
            title = f"{part.number}. {part.title}"
            yield from ("", title, "=" * len(title), "")
            question = asked[str(part.number)]
            yield from self.told(question.asked)
            yield from self.told(f"- {question.options[question.right]}: {question.answer}")
            yield ""
            yield from tell_part()
            yield from self.told(f"Write it yourself: {', '.join(names(part.number))}")
            yield from self.told(f"By hand: {HOMEWORK[part.number].by_hand}")

    def told(self, *sentences):
        """Return sentences as lines that fit the width."""
        text = " ".join(sentences).replace(" %", "\N{NO-BREAK SPACE}%")  # 90 and % on one line
        lines = textwrap.wrap(text, self.width, break_long_words=False)
        return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]

    def _data(self):
        d, pupils = self.lesson.data, self.lesson.pupils
        yield from self.told(
            f"{d.title}: {shape(d.X.shape)} to learn from and to choose by, one row per digit of"
            f" {d.side} × {d.side} pixels, grey values 0 to {d.white}, rescaled to [0, 1]; and"
            f" {count(d.n_test)} to test, which nobody looks at before part 8."
        )
        yield from self.told(f"split: {d.split}")
        yield f"  to train     {shape(d.X_train.shape)}"
        yield f"  to validate  {shape(d.X_validation.shape)}"
        yield from self.told(
            "The validation set is for choosing, as often as you like. A choice looks too good on"
            " the digits by which it was chosen. So the test set judges once, when nothing is left"
            " to choose."
        )
        yield f"first ten labels  {' '.join(d.y_train[:10])}"
        yield from self.told("Three pupils, right about training and validation digits:")
        for pupil in pupils:
            train, validation = percent(pupil.train.mean()), percent(pupil.validation.mean())
            yield f"  {pupil.name:18} {train:>9} {validation:>9}"

    def _probability(self):
        part, d, digit = self.lesson.probability, self.lesson.data, self.lesson.digit
        yield from self.told(
            f"From now on: is it {digit}, or not? The target is 1 for {article(digit)} and 0 for"
            f" any other digit. The training set has {count(part.positives_train)} of them among"
            f" {count(len(d.y_train))} digits, the validation set"
            f" {count(part.positives_validation)} among {count(len(d.y_validation))}."
            f" The choice of the digit: {self.lesson.rule}."
        )
        yield from self.told(
            "A score z = w · x + b becomes a probability by the sigmoid, p = 1 / (1 + exp(-z))."
            " A good classifier gives a high probability to the true target. The product of these"
            " probabilities over all digits is the likelihood; its logarithm is a sum; minus its"
            " mean is a price: the binary cross-entropy. An answer that is sure and right costs"
            " nothing, one that is sure and wrong costs without limit."
        )
        yield f"What happened: {listed(part.forecasts[0].targets, 'd')}"
        yield f"  {'':7} {'probabilities':24} {'ours':>7} {'scikit-learn':>12}"
        for f in part.forecasts:
            row = f"{listed(f.probabilities, '.2f'):24} {loss(f.loss.ours):>7}"
            yield f"  {f.kind:7} {row} {loss(f.loss.theirs):>12}"
        hand = part.by_hand
        yield from self.told(
            f"Twenty digits, 0 or 1, by one pixel: the lowest loss is {hand.loss:.3f}, at"
            f" w = {hand.w:.1f}, b = {hand.b:.1f}."
        )

    def _derivative(self):
        part, b = self.lesson.derivative, self.lesson.binary
        yield from self.told(
            "The chain rule: the derivative of -log p by p is -1/p, that of the sigmoid is"
            " p (1 - p). Their product is p - 1 where the truth is 1; where it is 0, it is p. Both"
            f" are p - y. Checked by central differences with h = {part.h:g}:"
        )
        yield f"  {'score, truth':16} {'p − y':>10} {'difference':>11}"
        for s in part.slopes:
            name = f"z = {s.z:g}, y = {s.y}"
            yield f"  {name:16} {signed(s.formula, 6):>10} {signed(s.difference, 6):>11}"
        yield from self.told(
            f"So a step adds -η (p - y) x to the weights. The textbook's loop with η = {part.eta:g}"
            f" reaches a loss of {loss(part.losses[0, -1])} on the training set and"
            f" {loss(part.losses[1, -1])} on the validation set in {part.n_epochs} epochs. The"
            " library's:"
        )
        yield from self._trained(b.training)

    def _trained(self, t, judged="validation"):
        """Return the lines about any training."""
        yield from self.told(t.call)
        yield f"{t.n_epochs} epochs in {seconds(t.seconds)} s"
        yield f"log loss: {loss(t.train_loss.ours)} on its training set,"
        yield f"          {loss(t.judged_loss.ours)} on the {judged} set"
        yield f"accuracy: {percent(t.train_accuracy.ours)} and {percent(t.judged_accuracy.ours)}"

    def _landscape(self):
        land = self.lesson.landscape
        low, high = land.curvatures
        yield from self.told(
            "The loss of “is it a 1, or a 0?” by one pixel, over its weight and the intercept: a"
            f" long valley with its minimum, {land.lowest:.3f}, at w = {land.minimum[0]:.1f},"
            f" b = {land.minimum[1]:.1f}. Its curvatures there are {high:.3f} and {low:.3f}, so"
            f" steps above 2 / {high:.3f} = {land.limit:.1f} do not come to rest. After 100 steps:"
        )
        for run in land.runs:
            how = f"η = {run.eta:g}, {'one sample' if run.batch_size else 'all samples'}"
            how += f", momentum {run.mu:g}" if run.mu else ""
            yield f"  {how:34} {run.losses[-1]:.3f}"

    def _judging(self):
        b, small, digit = self.lesson.binary, self.lesson.small, self.lesson.digit
        right = int(np.sum(small.truth == small.said))
        yield from self.told("Accuracy is the share of right answers.")
        yield f"by hand: truth {listed(small.truth, 'd')}"
        yield f"         said  {listed(small.said, 'd')}"
        yield f"         {right}/{len(small.truth)} right = {percent(small.accuracy.ours)}"
        yield f"validation accuracy  {percent(b.training.judged_accuracy.ours)}"
        yield f"3-fold accuracy      {', '.join(percent(f.ours) for f in b.folds)}"
        yield from self.told(
            f"That sounds good. But most digits are not {digit}, and a classifier that never says"
            f" {digit} reaches {percent(b.dumb_accuracy.ours)}."
            " A miss and a false alarm are different errors. So count them apart, on the"
            " validation set:"
        )
        yield from counts(b.counts, f"not {digit}", f"is {digit}")
        yield f"precision {percent(b.counts.precision.ours)}: right, of those called {digit}"
        yield f"recall    {percent(b.counts.recall.ours)}: found, of the {digit}s"
        yield f"F1        {percent(b.counts.f1.ours)}: the harmonic mean of the two"
        yield from self.told(
            f"The six answers: precision {percent(small.counts.precision.ours)}, recall"
            f" {percent(small.counts.recall.ours)}."
        )
        yield from self._tumours()
        yield from self._thresholds()
        yield from self._report_of_two()

    def _tumours(self):
        tumours = self.lesson.tumours
        yield ""
        yield from self.told(
            "Why it matters: a flawed classifier of a hundred tumours, nine of them malignant,"
            " finds one of these and accuses one benign."
        )
        yield from counts(tumours.counts, "benign", "malignant")
        yield f"accuracy {whole(tumours.accuracy.ours)},"
        yield (
            f"yet precision {whole(tumours.counts.precision.ours)}"
            f" and recall {whole(tumours.counts.recall.ours)}"
        )

    def _thresholds(self):
        digit = self.lesson.digit
        yield ""
        yield from self.told(
            f"It says {digit} where the score lies above a threshold, 0 unless told otherwise."
            " Others may be chosen, on the validation set:"
        )
        for w in self.lesson.binary.wishes:
            yield from self.told(f"  {w.name}: {w.wish}")
            yield (
                f"    threshold {signed(w.threshold, 3)}: precision"
                f" {percent(w.precision.ours)}, recall {percent(w.recall.ours)}"
            )

    def _report_of_two(self):
        b, digit = self.lesson.binary, self.lesson.digit
        yield f"area under the ROC curve {b.area.ours:.4f}"
        yield ""
        yield f"classification report ({digit} or not, validation set)"
        yield ""
        yield from b.report.ours.rstrip().splitlines()
        yield ""
        yield from self.told(
            "Its last three rows are averages over the classes, here of the recall: all answers"
            f" alike (micro, the accuracy) {percent(b.averages.micro.ours)}, the classes alike"
            f" (macro) {percent(b.averages.macro.ours)}, each class by the number of its digits"
            f" (weighted) {percent(b.averages.weighted.ours)}."
        )

    def _ten_digits(self):
        ten = self.lesson.ten
        yield from self.told(
            "Ten scores instead of one; the softmax turns them into ten probabilities that sum to"
            " 1. The price is -log of the one given to the truth, its derivative p - y again."
            " By hand:"
        )
        for target, row in zip(ten.small_targets, ten.small_probabilities, strict=True):
            yield f"  true class {target}, forecast {listed(row, '.2f')}"
        yield f"  cross-entropy {loss(ten.small_loss.ours)},"
        yield f"  scikit-learn  {loss(ten.small_loss.theirs)}"
        yield from self._trained(ten.training)
        yield from self.told(f"One-vs-rest instead: accuracy {percent(ten.rest_accuracy.ours)}")
        yield from self.told(f"With η = 30: losses {thrown(ten)}")
        yield ""
        yield from self.told("Confusion matrix, validation set (rows: truth; columns: said)")
        yield from grid(ten.classes, ten.confusion.ours)
        yield ""
        yield "classification report (ten digits, validation set)"
        yield ""
        yield from ten.report.ours.rstrip().splitlines()
        yield ""
        yield f"{count(len(ten.mistakes))} validation digits are wrong. The surest mistakes:"
        for i in ten.mistakes[:5]:
            yield (
                f"  {self.lesson.data.y_validation[i]}, said {ten.predictions[i]}"
                f" with probability {probability(ten.probabilities[i].max())}"
            )

    def _generalisation(self):
        part = self.lesson.generalisation
        yield from self.told(
            f"Trained with η = {part.eta:g} for {part.n_epochs} epochs; log loss on both sets:"
        )
        yield f"  {'digits':>6} {'penalty α':>9} {'training':>9} {'validation':>10}  lowest, epoch"
        for fit in part.fits:
            train, validation = fit.losses[:, -1]
            yield (
                f"  {count(fit.n):>6} {fit.alpha:>9g} {loss(train):>9} {loss(validation):>10}"
                f"  {loss(fit.losses[1, fit.turn])} at {fit.turn}"
            )
        yield from self.told(
            "Few digits are learnt by heart: overfitting. Once every training digit is right,"
            " larger weights only make it surer; the penalty speaks against them."
        )
        yield from self.told(
            f"Is it right nine times in ten when it is 90 % sure?"
            f" {of_reliability(part.reliability)}"
        )
        yield from self.told(of_strangers(part))

    def _test_set(self):
        last, digit = self.lesson.last, self.lesson.digit
        yield from self.told(
            "Nothing is left to choose. Trained once more, on training and validation digits"
            f" together, and judged on the {shape(last.shape)} test digits, once:"
        )
        yield from self._trained(last.ten, "test")
        yield ""
        yield from self.told("Confusion matrix, test set (rows: truth; columns: said)")
        yield from grid(self.lesson.ten.classes, last.confusion.ours)
        yield ""
        yield "classification report (ten digits, test set)"
        yield ""
        yield from last.report.ours.rstrip().splitlines()
        yield ""
        yield f"{count(last.wrong)} test digits are wrong. {digit} or not, at threshold 0:"
        yield from counts(last.counts, f"not {digit}", f"is {digit}")
        yield ""
        yield from self.told("The choices on the validation set, and then on the test set:")
        for c in last.choices:
            yield f"  {c.what}"
            yield f"    {c.measure} {percent(c.promised)}, on the test set {percent(c.kept.ours)}"
        yield ""
        yield from self.told(
            "One sample at a time our weights differ from scikit-learn's by"
            f" {difference(last.single_weights.difference)}: the same additions in the same order."
            " In another order roundings grow where every step overshoots:"
        )
        for eta, apart in last.twins.items():
            yield f"  η = {eta:g}: {difference(apart[-1])} of the weights after {len(apart)} steps"
        yield ""
        if self.table:
            yield from closing_table(self.lesson.table)
        yield from self.told(of_table(self.lesson.table) + ("" if self.table else " (--table)"))


def counts(c, negative, positive):
    """Return the four counts as a little table."""
    width = max(len(negative), len(positive)) + 2
    return [
        f"  {'':{width}} {'said ' + negative:>16} {'said ' + positive:>16}",
        f"  {negative:{width}} {count(c.true_negatives):>13} TN {count(c.false_positives):>13} FP",
        f"  {positive:{width}} {count(c.false_negatives):>13} FN {count(c.true_positives):>13} TP",
    ]


def grid(classes, matrix):
    """Return a confusion matrix as lines of text."""
    yield f"     {''.join(f'{c:>5}' for c in classes)}"
    for label, row in zip(classes, matrix.tolist(), strict=True):
        yield f"  {label}  {''.join(f'{n:>5}' for n in row)}"


def closing_table(table):
    yield f"{'':36} {'ours':>14} {'scikit-learn':>14} {'differ':>7}"
    for row in table:
        yield f"{row.name:36} {compared(row.ours):>14} {compared(row.theirs):>14}" + (
            f" {difference(row.difference):>7}"
        )
