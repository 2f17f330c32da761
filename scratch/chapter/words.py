"""Sentences that follow from the lesson's numbers, for the terminal and the page alike."""

import numpy as np

from scratch.chapter.formats import count, difference, whole


def article(label):
    """Return a digit with its article: "an 8"."""
    return f"{'an' if str(label) == '8' else 'a'} {label}"


def of_table(table):
    """Say in one line what the closing table shows."""
    largest = max(row.difference for row in table)
    return (
        f"{len(table)} results compared with scikit-learn's, largest difference"
        f" {difference(largest)}"
    )


def of_reliability(part):
    """Say how sure the answers over 90 % and the others were, and how many are right."""
    top, doubtful = part.counts[-1], part.counts[:-1]
    n = int(doubtful.sum())
    said = (
        f"{count(int(top))} answers were over 90 % sure, {whole(part.sure[-1])} on average;"
        f" {whole(part.right[-1])} of them are right"
    )
    if not n:
        return f"{said}."
    sure, right = (float(doubtful @ values[:-1]) / n for values in (part.sure, part.right))
    word = "too sure" if sure > right + 0.03 else "about as sure as it is right"
    if right > sure + 0.03:
        word = "not sure enough"
    return (
        f"{said}. The {count(n)} others were {whole(sure)} sure on average; {whole(right)} of them"
        f" are right: there the classifier is {word}."
    )


def of_strangers(part):
    """Say how sure the answers to scribbles and to a turned 7 are."""
    sure = np.array([oddity.probability for oddity in part.scribbles])
    surest = int(np.sum(sure > 0.9))
    turned = part.turned[-1]
    return (
        f"{surest} of {len(sure)} scribbles are named with over 90 % certainty. The 7, turned"
        f" upside down, is called {turned.said}, {whole(turned.probability)} sure."
    )


def of_price(lesson):
    """Compare the cheapest threshold at ten to one with the cheapest one for an exact p.

    The latter is p = 1/11, the score -log 10.
    """
    threshold = lesson.binary.wishes[2].threshold
    where = f"{threshold:.1f}".replace("-", "−")
    if abs(threshold + np.log(10)) < 0.15:
        return f"The cheapest threshold on these digits lies at {where}, just there."
    return (
        f"The cheapest threshold on these digits lies at {where} instead, for two reasons. The"
        " classifier's p is not exact (part 7), and"
        f" {count(lesson.probability.positives_validation)} digits of one kind are few (part 8)."
    )
