"""One setting for each target from a contender's grid: each contender's is chosen by the same rule.

Train on the first five sixths of the training set, and judge on the last sixth. A setting
*reaches* an accuracy if it does so with every seed that is tried. The quickest that reaches it is
chosen; if none does, the most accurate one races, and its row tells how many seeds reached the
target.

The last sixth is not just as hard as the test set, and a sixth more samples help. So the goal there
is the target plus a shift: the accuracy of one reference classifier on the last sixth, trained
without it, minus its accuracy on the test set, trained on all. The shift is the same for all
contenders, and it is all that the choice knows of the test set.
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

    A longer run is left out if it can't be chosen: judged by the shorter run of its setting, it
    would take longer than a run that has reached the highest goal.

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
        The result of `first_trials`.
    goal : float
    run : callable
        As for `first_trials`.
    n_seeds : int
        The number of seeds that must reach the goal.
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
