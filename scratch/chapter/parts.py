"""The eight parts: their titles, and the questions that the reader guesses at first."""

from dataclasses import dataclass
from html import escape

import numpy as np

from scratch.chapter.formats import count, percent


@dataclass(frozen=True)
class Part:
    """A part of the chapter."""

    number: int
    title: str
    asks: str  # in the contents
    goal: str
    minutes: int
    screens: tuple  # where the page is presented: of each, the names of its steps, three at most


@dataclass(frozen=True)
class Question:
    """Something to guess at before it is seen."""

    asked: str
    options: tuple  # of str
    right: int  # the option that is
    button: str
    answer: str


PARTS = (
    Part(
        1,
        "The data",
        "Which digits may a classifier see, and which not?",
        "Digits as rows of numbers, and the three sets that they are split into.",
        8,
        (("Guess and see", "Why", "In code"),),
    ),
    Part(
        2,
        "From a score to a probability",
        "Why is −log p the price of an answer?",
        "A sum, a curve, and the price of being sure and wrong.",
        12,
        (("Guess and fit", "Why", "Formula and code"),),
    ),
    Part(
        3,
        "The derivative",
        "Why does it all come down to p − y?",
        "Half a page of chain rule, a check, and the loop that follows from it.",
        15,
        (
            ("Guess and check", "Why", "Derivation and code"),
            ("One step", "From it to a loop", "The loop"),
        ),
    ),
    Part(
        4,
        "The learning rate, batches, momentum",
        "What does too large a step do?",
        "The largest step that works, the price of a smaller batch, and the gain from momentum.",
        12,
        (("Guess and see", "Why", "Formula and code"),),
    ),
    Part(
        5,
        "Judging",
        "When is an accuracy of 90 % bad?",
        "Every digit has a score. Above a threshold it is called $digit. The prices of the mistakes"
        " decide where the threshold lies.",
        20,
        (("Guess and see", "Why"), ("Curves", "Averages", "Formula and code")),
    ),
    Part(
        6,
        "Ten digits",
        "What changes from two answers to ten?",
        "Ten scores, one softmax, and p − y again. Train it, draw for it, see its mistakes.",
        15,
        (
            ("Guess and train", "Why", "Formula and code"),
            ("Draw",),
            ("Confusion matrix", "Reading it"),
        ),
    ),
    Part(
        7,
        "Generalisation",
        "Is it right nine times in ten when it is 90 % sure?",
        "Few digits and many, a price for large weights, and the meaning of 90 % sure.",
        12,
        (
            ("Guess and see", "Why"),
            ("How sure", "No digit"),
            ("Is it right?", "Formula and code"),
        ),
    ),
    Part(
        8,
        "The test set, once",
        "What were the choices worth?",
        "Nothing is left to choose: the test set judges. Then two correct programs disagree.",
        8,
        (
            ("Guess and open", "The results"),
            ("Two correct programs", "Why they disagree", "In code"),
        ),
    ),
)


def questions(lesson):
    """Return the questions by part; "6b" is the second one of part 6."""
    digit, land, ten = lesson.digit, lesson.landscape, lesson.ten
    heart = lesson.pupils[0]
    ends = [f"{run.losses[-1]:.3f}" for run in land.runs[:3]]
    small, middle, large = (f"η = {eta:g}" for eta in land.etas)
    ranked = int(np.argmin([run.losses[-1] for run in land.runs[:3]]))
    priced = lesson.binary.wishes[2].threshold
    few, *_, every, _ = lesson.generalisation.fits
    promised = ten.training.judged_accuracy.ours
    kept = lesson.last.ten.judged_accuracy.ours
    pairs = confused(ten)
    return {
        "1": Question(
            f"A pupil learns {count(len(heart.train))} digits by heart, pixel for pixel. How many"
            " digits that it has never seen does it name correctly?",
            ("about 10 %", "about half", "nearly all"),
            0,
            "Commit",
            "It is right for all the digits that it learnt, and for"
            f" {percent(heart.validation.mean())} of the others. Always naming the same digit"
            " does as well.",
        ),
        "2": Question(
            "Somebody is 99 % sure, and wrong. Somebody else is 99.9 % sure, and wrong as well. How"
            " much more should that cost?",
            ("nothing: both are wrong", "1 % more", "a fixed sum for every ten times surer"),
            2,
            "Commit",
            "The price is −log of the probability that was given to what happened: −log 0.01 ="
            " 4.6, and −log 0.001 = 6.9. Ten times surer and wrong costs 2.3 more, every time.",
        ),
        "3": Question(
            "The probability is p = 0.9, and the truth is y = 1. Raise the score z by 0.01. What"
            " does the loss −log p do?",
            ("it falls by 0.001", "it falls by 0.009", "it falls by 0.01"),
            0,
            "Commit, and measure",
            "The slope is p − y = −0.1; a hundredth of that is −0.001.",
        ),
        "4": Question(
            "A hundred steps on all samples, from the same start. Which learning rate η ends at the"
            " lowest loss?",
            (small, middle, large, "no difference in the end"),
            ranked,
            "Commit, and run all three",
            f"Runs 1, 2 and 3, with {small}, {middle} and {large}, end at {', '.join(ends)}. Now"
            " find out why, one setting at a time.",
        ),
        "5": Question(
            f"A missed {digit} now costs ten times as much as a false alarm. Which way should the"
            " threshold move?",
            (f"left, call more of them {digit}", f"right, call fewer of them {digit}", "it stays"),
            0 if priced < 0 else 1,
            "Commit, and set the price",
            "At ten to one, some false alarms are cheaper than one more miss. The cheapest"
            f" threshold goes to {priced:.2f}.".replace("-", "−"),
        ),
        "6": Question(
            "A learning rate of 30 is far too large here. What becomes of the loss?",
            ("it grows with every step", "it leaps up and down", "it settles at the minimum"),
            1,
            "Commit, and run it",
            f"After the first epochs the loss is {thrown(ten)}. It leaps up and down, and does not"
            " grow without end: no p − y is larger than 1.",
        ),
        "6b": Question(
            "Which digit will be taken for another most often?",
            (*pairs, "all equally often"),
            0,
            "Commit",
            f"It is {pairs[0].replace(' for ', ' taken for ')} ({worst(ten)} times). Their ink lies"
            " in the same places, and the classifier has only one weight per pixel.",
        ),
        "7": Question(
            f"One classifier learns from 50 digits, another from {count(every.n)}. Which has the"
            " lower training loss?",
            ("the one with 50", f"the one with {count(every.n)}", "both the same"),
            0 if few.losses[0, -1] < every.losses[0, -1] else 1,
            "Commit, and train both",
            f"On their training sets the two end at {few.losses[0, -1]:.3f} and"
            f" {every.losses[0, -1]:.3f}, on the validation set at {few.losses[1, -1]:.3f} and"
            f" {every.losses[1, -1]:.3f}. Few digits are learnt by heart quickly.",
        ),
        "8": Question(
            "The classifier of all ten digits is right for"
            f" {percent(promised)} of the validation set. What will the test set say?",
            ("over two points less", "the same within two points", "over two points more"),
            1 if abs(kept - promised) <= 0.02 else 0 if kept < promised else 2,
            "Commit, and open it",
            f"{percent(kept)}. Little in this classifier was chosen by the validation set, so its"
            " accuracy there is hardly too high.",
        ),
    }


def confused(ten, n=3):
    """Return the commonest mistakes in words: "an 8 for 1"."""
    matrix = ten.confusion.ours - np.diag(np.diag(ten.confusion.ours))
    order = np.argsort(-matrix, axis=None, kind="stable")[:n]
    return [f"{ten.classes[k // 10]} for {ten.classes[k % 10]}" for k in order.tolist()]


def worst(ten):
    matrix = ten.confusion.ours
    return int((matrix - np.diag(np.diag(matrix))).max())


def thrown(ten, n=4):
    """Return the first losses with a learning rate of 30, and the last."""
    first = ", ".join(f"{value:.2f}" for value in ten.thrown[:n])
    return f"{first}, … {ten.thrown[-1]:.2f}"


def stops():
    """Return the progress bar's links: HTML."""
    return "".join(
        f'<li><a href="#part-{p.number}" aria-label="Part {p.number}: {p.title}"'
        f' title="{p.title}"><span>{p.number}</span></a></li>'
        for p in PARTS
    )


def contents():
    """Return the contents: HTML."""
    return "".join(
        f'<li><a href="#part-{p.number}"><span class="no">{p.number}</span><b>{p.title}</b>'
        f"<span>{p.asks}</span></a></li>"
        for p in PARTS
    )


def opening(part, question, digit):
    """Return the opening of a part, its title and its question: HTML."""
    goal = part.goal.replace("$digit", digit)
    return f"""<div class="opening">
  <header>
    <p class="eyebrow"><b>Part {part.number}</b> of {len(PARTS)}, about {part.minutes} minutes</p>
    <h2 id="h{part.number}"><a href="#part-{part.number}">{part.title}</a></h2>
    <p class="goal">{goal}</p>
  </header>
  {guess(question, part.number, "1.1")}
  </div>"""


def guess(question, name, step):
    """Return a question as a form: HTML."""
    options = "".join(
        f"<label{' data-right' if k == question.right else ''}>"
        f'<input type="radio" name="guess-{name}" value="{k}"> {escape(words)}</label>'
        for k, words in enumerate(question.options)
    )
    right = escape(question.options[question.right])
    return f"""<form class="guess" id="guess-{name}" data-step="{step}">
    <fieldset><legend>{escape(question.asked)}</legend>
      <div class="options">{options}<button class="main" type="submit"
        disabled>{question.button}</button></div>
    </fieldset>
    <p class="committed" data-right="{right}" hidden>{escape(question.answer)}</p>
  </form>"""


def next_link(part):
    """Return the links to the parts before and after: HTML."""
    before, after = part.number - 1, part.number + 1
    back = (
        ("start", "Start")
        if not before
        else (f"part-{before}", f"{before}. {PARTS[before - 1].title}")
    )
    links = [f'<a class="quiet" href="#{back[0]}">← {back[1]}</a>']
    if after <= len(PARTS):
        title = PARTS[after - 1].title
        links.append(
            f'<a class="main" href="#part-{after}">{after}. {title}'
            ' <span aria-hidden="true">→</span></a>'
        )
    return f'<div class="next">{"".join(links)}</div>'
