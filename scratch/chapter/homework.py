"""The exercises of each part: what to write, how long it takes, and what to work out by hand."""

from dataclasses import dataclass

from scratch.chapter.excerpts import SHOWN


@dataclass(frozen=True)
class Homework:
    """What one can write oneself after a part."""

    name: str  # of the function to begin with
    minutes: int  # for all functions of the part
    by_hand: str


HOMEWORK = {
    1: Homework(
        "split",
        15,
        "Ten digits, two to validate and three to test: which places of the shuffled order belong"
        " to which set?",
    ),
    2: Homework(
        "sigmoid",
        35,
        "σ(log 3) is 3/4. Work out σ(−log 3), and say why the two add up to 1.",
    ),
    3: Homework(
        "binary_cross_entropy_gradient",
        60,
        "Take two digits with z = 0 and the targets 1 and 0. What are both entries, and why is"
        " there a 1/2 in each?",
    ),
    4: Homework(
        "momentum_step",
        30,
        "Let two equal gradients follow one another, with momentum 0.9. How far does the second"
        " step go, as a multiple of the first?",
    ),
    5: Homework(
        "precision_recall_f1",
        90,
        "Nine of 100 tumours are malignant. One of them is found, and a benign one is accused."
        " Work out precision, recall and F1.",
    ),
    6: Homework(
        "softmax",
        75,
        "Three scores 0, 0 and log 2. What are the probabilities? And of 100, 100 and 100 + log 2?",
    ),
    7: Homework(
        "penalty_gradient",
        40,
        "With η = 0.5 and α = 0.1, by what factor does a step shrink a weight whose gradient is 0?",
    ),
    8: Homework(
        "fit_one_sample_at_a_time",
        25,
        "Take one digit x = 2 with y = 1, weights of zero and η = 1. What are w and b after it?",
    ),
}
FILE = "mine.py"
# Where a part is presented, its exercise stands below the code: the screen, and the step on it.
STAGE = {1: "1.3", 2: "1.3", 3: "2.3", 4: "1.3", 5: "2.3", 6: "1.3", 7: "3.2", 8: "2.3"}


def names(part):
    """Return the functions of a part, in its order; one shown twice belongs to the later part."""
    part_of = {name: int(key.rstrip("b")) for key, shown in SHOWN.items() for name in shown}
    return [name for name, its_part in part_of.items() if its_part == part]


def exercise(part):
    """Return a part's exercise: HTML."""
    work = HOMEWORK[part]
    others = [f"<code>{name}</code>" for name in names(part) if name != work.name]
    count = f"{len(others) + 1} exercises" if others else "Exercise"
    further = f" Then {', '.join(others)}." if others else ""
    command = f"python -m scratch check {FILE} {work.name}"
    return f"""<div class="exercise" data-step="{STAGE[part]}">
    <div><p class="eyebrow">{count}, about {work.minutes} minutes</p>
      <h3>Write <code>{work.name}</code></h3>
      <p>By hand first: {work.by_hand}{further}</p>
      <p><code>python -m scratch exercises {FILE}</code> writes a file to fill in. Then:</p>
      <pre><code id="command-{part}">{command}</code></pre></div>
    <button type="button" class="quiet js" data-copy="command-{part}">Copy the command</button>
  </div>"""
