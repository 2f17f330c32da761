"""One setting for each target from a contender's grid: everybody's is chosen by the same rule.

Train on the first five sixths of the training set, and judge on the last sixth. A setting
*reaches* an accuracy if it does so with every seed that is tried. The quickest that reaches it is
chosen; if none does, the most accurate one races, and its row tells how many seeds reached the
target.

The last sixth is not just as hard as the test set, and a sixth more samples help. So the goal there
is the target plus a shift: what one reference classifier scores on the last sixth, trained without
it, less what it scores on the test set, trained on all. The shift is the same for everybody, and
the only thing that the choice knows of the test set.
"""

from sklearn.linear_model import LogisticRegression

from benchmarks.contenders import weights
from benchmarks.objective import accuracy

LENGTHS = "epochs", "max_iter"  # the parameters that say how long to train


def shift(problem):
    """How much more accurate the reference is on the samples held out than on the test set."""
    held_out = problem.held_out()
    return _reference(held_out) - _reference(problem)


def _reference(problem):
    fitted = LogisticRegression(C=problem.C(), max_iter=50).fit(problem.X, problem.y)
    return accuracy(*weights(fitted), problem)


def first_trials(settings, run, highest):
    """Try each setting once, the short ones first: {index: (seconds, accuracy)}.

    Left out is what can't be chosen: a longer run of a setting that would take longer, as far as
    one can tell from its shorter run, than one that has reached the highest goal.

    Parameters
    ----------
    settings : list of dict
    run : callable
        ``run(index, seed)`` gives seconds and accuracy.
    highest : float
        The highest of the goals.
    """
    trials, quickest, pace = {}, float("inf"), {}  # pace: seconds for an epoch or iteration
    for index in sorted(range(len(settings)), key=lambda i: _length(settings[i])):
        rest, length = _all_but_length(settings[index]), _length(settings[index])
        if pace.get(rest, 0.0) * length >= quickest:
            continue
        trials[index] = seconds, reached = run(index, 0)
        pace[rest] = seconds / length
        if reached >= highest:
            quickest = min(quickest, seconds)
    return trials


def choose(trials, goal, run, n_seeds):
    """The index of the chosen setting.

    Parameters
    ----------
    trials : dict
        Of `first_trials`.
    goal : float
    run : callable
        As for `first_trials`.
    n_seeds : int
        How many must reach the goal.
    """
    for index in sorted(trials, key=lambda i: trials[i][0]):
        if trials[index][1] >= goal and all(
            run(index, seed)[1] >= goal for seed in range(1, n_seeds)
        ):
            return index
    return max(trials, key=lambda i: trials[i][1])


def _length(setting):
    return max((setting[name] for name in LENGTHS if name in setting), default=1)


def _all_but_length(setting):
    return str({name: value for name, value in setting.items() if name not in LENGTHS})
