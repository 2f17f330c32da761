"""Judging scores: counts at every threshold, the curves, their area, and thresholds."""

from scratch.exercises.compare import EXACT
from scratch.exercises.record import Exercise, N, Y

EASY = ([0, 1, 1, 0, 1], [0.1, 0.8, 0.35, 0.4, 0.6])
TIED = ([0, 1, 1, 0, 0, 1], [0.1, 0.8, 0.8, 0.3, 0.8, 0.3])
BELOW = ([1, 0, 0, 1, 0, 0, 1], [-5.0, -7.5, -5.0, 12.0, -20.0, 3.0, 3.0])
CASES = [EASY, (Y(9), N(9))], [TIED, BELOW, (Y(12), N(12, digits=0))]

LET = """
n, n_pos, n_neg = len(y), sum(y), len(y) - sum(y)
t, grid = unique(scores)[::-1], linspace(0, 1, 101)[::-1]
count = lambda k, at, reaches=greater_equal: reaches(scores, at[:, None])[:, y == k].sum(axis=1)
tp, fp = count(1, t), count(0, t)
fn, tn = n_pos - tp, n_neg - fp
above_tp, above_fp = count(1, t, greater), count(0, t, greater)
grid_tp, grid_fp = count(1, grid), count(0, grid)
P, R, F, T = (tp / (tp + fp))[::-1], append(0, tp / n_pos), append(0, fp / n_neg), append(inf, t)
M, FA = append(n_pos, fn), append(0, fp)
"""

counts_at_thresholds = Exercise(
    "counts_at_thresholds",
    "errors",
    """Return the true and the false positives at every threshold, and the thresholds, falling.

A sample is called positive if its score reaches the threshold (>=). Every different score is a
threshold, the highest first. Targets y (n,) of 0 and 1, scores (n,); three arrays, as long as
there are different scores. Of y = [0, 1, 1, 0] with the scores [0.1, 0.8, 0.8, 0.3]: true
positives [2, 2, 2], false positives [0, 1, 2], thresholds [0.8, 0.3, 0.1].""",
    ("Sorted by score, the highest first, what do running sums (np.cumsum) of y count? Equal scores"
     " belong to one threshold: which of their places holds the count of all?",
     "at each place where the next score differs (and the last): cumsum(y), and the number of"
     " samples so far less that"),
    (
        ("scores that all differ", CASES[0]),
        ("equal scores belong to one threshold", CASES[1]),
    ),
    """
(above_tp, above_fp, t)
    # Above the threshold only (>): a score that reaches it (>=) is called positive too.
(tp, fn, t)  # The second is the misses, positives below the threshold: the false positives.
(tp / n_pos, fp / n_neg, t)  # Rates come out: counts are asked for.
(cumsum(y), arange(1, n + 1) - cumsum(y), scores[order])
    # The scores are sorted, y is not: y[order] too.
(cumsum(y[order]), cumsum(1 - y[order]), scores[order])
(cumsum(y[down]), cumsum(1 - y[down]), scores[down])
    # Equal scores are taken one by one: they are one threshold, with one count for all of them.
(grid_tp, grid_fp, grid)
    # Thresholds on a grid from 0 to 1: every different score is one, wherever it lies.
""",
    let=LET + "order, down = argsort(scores)[::-1], argsort(-scores)",
    margin=EXACT,
    booleans=("y",),
)  # fmt: skip

precision_recall_curve = Exercise(
    "precision_recall_curve",
    "errors",
    """Return precision and recall at every threshold, and the thresholds, which rise.

A sample is called positive if its score reaches the threshold; every different score is one. A
last point without a threshold, precision 1 and recall 0, ends the curve, as in scikit-learn: so
with m different scores the arrays are (m + 1,), (m + 1,) and (m,). Targets y (n,) of 0 and 1,
at least one of them 1; scores (n,). Use your counts_at_thresholds.""",
    ("Of those called positive, the share that is; of the positives, the share that was found. The"
     " counts come with falling thresholds: turn the arrays round, then append the last point.",
     "tp / (tp + fp) and tp / positives, turned round, then 1 and 0 appended; the thresholds turned"
     " round"),
    (
        ("scores that all differ", CASES[0]),
        ("equal scores belong to one threshold", CASES[1]),
    ),
    """
(P, R, t[::-1])  # The last point is missing: precision 1 and recall 0, which has no threshold.
(tp / (tp + fp), tp / n_pos, t)
    # The thresholds fall, and the last point is missing: turn the arrays round ([::-1]), then
    # append precision 1 and recall 0.
(append(P[::-1], 1), append(R[::-1], 0), t)  # The thresholds fall: turn all three round ([::-1]).
(append(1, P), append(0, R), t[::-1])  # The point (1, 0) comes first: it is the last.
(append(P, 0), append(R, 1), t[::-1])  # The last point is precision 1 and recall 0.
(append(P, 1), append(R, 0), append(t[::-1], inf))  # The last point has no threshold.
(append(P, 1), append((tp / n)[::-1], 0), t[::-1])
    # Recall is divided by all samples: by the positives.
(append((tp / n)[::-1], 1), append(R, 0), t[::-1])
    # Precision is divided by all samples: by those called positive.
(append((above_tp / (above_tp + above_fp))[::-1], 1), append((above_tp / n_pos)[::-1], 0), t[::-1])
    # Above the threshold only (>): a score that reaches it (>=) is called positive too.
(append(0, fp / n_neg), append(0, tp / n_pos), append(inf, t))  # This is the ROC curve.
(append((grid_tp / (grid_tp + grid_fp))[::-1], 1), append((grid_tp / n_pos)[::-1], 0), grid[::-1])
    # Thresholds on a grid from 0 to 1: every different score is one.
""",
    ways="""
(np.append((tp / (tp + fp))[::-1], 1), np.append((tp / n_pos)[::-1], 0), t[::-1])
""",
    let=LET + "R = R[1:][::-1]",
    booleans=("y",),
)  # fmt: skip

roc_curve = Exercise(
    "roc_curve",
    "errors",
    """Return the false and the true positive rate at every threshold, and the thresholds, falling.

The true positive rate is the share of the positives that is called positive, the false positive
rate that of the negatives. A first point has the threshold np.inf, which no score reaches: (0,
0). Targets y (n,), both 0 and 1 among them; scores (n,); with m different scores three arrays
(m + 1,). Use your counts_at_thresholds.""",
    ("At the lowest threshold all are called positive: what are the counts there? Which value comes"
     " first in each array?",
     "fp / negatives and tp / positives, each after a 0; the thresholds after np.inf"),
    (
        ("scores that all differ", CASES[0]),
        ("equal scores belong to one threshold", CASES[1]),
    ),
    """
(append(0, fp / n), append(0, tp / n), T)
    # Divided by all samples: by the negatives and the positives.
(append(0, fp / n_pos), append(0, tp / n_neg), T)
    # The denominators are exchanged: fp by the negatives.
(F, R, append(inf, t[::-1]))  # The thresholds rise, the rates too: they fall as the rates rise.
(F, R, append(t[0] + 1, t)); (F, R, append(1, t))  # The first threshold is np.inf.
(append(0, above_fp / n_neg), append(0, above_tp / n_pos), T)
    # Above the threshold only (>): a score that reaches it (>=) is called positive too.
(grid_fp / n_neg, grid_tp / n_pos, grid)
    # Thresholds on a grid from 0 to 1: every different score is one.
(append(0, fp), append(0, tp), T)
    # The counts come out: divide them by the negatives, by the positives.
""",
    ways="""
(np.append(0, fp / n_neg), np.append(0, tp / n_pos), np.append(np.inf, t))
""",
    let=LET,
    booleans=("y",),
)  # fmt: skip

roc_auc = Exercise(
    "roc_auc",
    "errors",
    """Return the probability that a positive sample scores higher than a negative; a tie is 1/2.

It is the area under the ROC curve, but needs no curve: of all pairs of a positive and a
negative sample, which share is in the right order? Targets y (n,), both 0 and 1 among them;
scores (n,); returns one number. Of y = [0, 1, 0, 1] with the scores [0.1, 0.4, 0.4, 0.8] there
are four pairs, three right and one tied: 0.875.""",
    ("Two nested loops over positives and negatives do it. np.searchsorted on the sorted negatives"
     " does it faster: side=\"left\" and side=\"right\" differ by the ties.",
     "(pairs with positive > negative + 1/2 · pairs that are equal) / (positives · negatives)"),
    (
        ("scores that all differ", CASES[0]),
        ("a tie counts one half", CASES[1]),
        ("more positives than negatives, or fewer", [([1, 1, 1, 0], [0.2, 0.9, 0.5, 0.4]),
                                                     ([0, 0, 0, 1], [0.2, 0.9, 0.5, 0.6])]),
    ),
    """
mean(pos[:, None] > neg)
    # A tie counts 0, one half is right: count equal pairs too; under a curve take trapezoids.
mean(pos[:, None] >= neg)
    # A tie counts 1, one half is right: is it >= for >, or rectangles under the curve?
1 - auc; auc - 1
    # 1 - AUC, or AUC - 1: scores of the other class, sorted the other way, or axes exchanged?
2 * auc - 1  # The Gini coefficient 2 AUC - 1: the share of pairs itself.
pairs; pairs / n; pairs / n ** 2; sum(pos[:, None] > neg); sum(pos[:, None] > neg) / n
    # The pairs in the right order are counted: divide by all, n_positive · n_negative.
mean([p > q for p, q in zip(pos, neg)]); sum([p > q for p, q in zip(pos, neg)]) / n_pos
mean(pos > neg)
    # Positives and negatives are compared place by place: each with each, pos[:, None] > neg.
trapezoid(append(0, cumsum(one_by_one) / n_pos), append(0, cumsum(1 - one_by_one) / n_neg))
    # Equal scores are taken one by one, so their order in the data decides: a threshold takes all
    # of them at once.
trapezoid(tp / (tp + fp), tp / n_pos); -trapezoid(precision, recall)
-sum(diff(recall) * precision[:-1])  # This is the area under the precision-recall curve.
mean((scores >= 0.5) == y); mean((scores > 0.5) == y)
    # This is the accuracy at threshold 1/2: no threshold takes part.
trapezoid(grid_tp / n_pos, grid_fp / n_neg)  # Thresholds on a grid: every score is one.
mean(pos) - mean(neg)  # The difference of the mean scores: only their order counts.
trapezoid(R[1:], F[1:])  # The curve does not begin at (0, 0), where nobody is called positive.
trapezoid(cumsum(y) / n_pos, cumsum(1 - y) / n_neg)  # The samples are not sorted by score.
auc + epsilon  # An epsilon of {epsilon} is added: both kinds are there, so no denominator is 0.
(pos[:, None] > neg).all(axis=1).mean()  # Positives above all negatives: each pair by itself.
""",
    ways="""
np.mean(pos[:, None] > neg) + np.mean(pos[:, None] == neg) / 2
np.sum(pos[:, None] > neg) / (n_pos * n_neg) + np.sum(pos[:, None] == neg) / (n_pos * n_neg) / 2
np.trapezoid(R, F)
""",
    let=LET + """
y = asarray(y).astype(int)
pos, neg = scores[y == 1], scores[y == 0]
pairs = sum(pos[:, None] > neg) + sum(pos[:, None] == neg) / 2
auc = pairs / n_pos / n_neg
one_by_one = y[argsort(scores)[::-1]]
precision, recall, _ = precision_recall_curve(y, scores)
""",
    booleans=("y",),
)  # fmt: skip

cost_curve = Exercise(
    "cost_curve",
    "errors",
    """Return the mean cost of a sample at every threshold, and the thresholds, falling.

A miss, a positive that is not called so, costs cost_of_miss; a false alarm, a negative that is
called positive, cost_of_false_alarm; right answers cost nothing. A first threshold is np.inf,
where all positives are missed and there is no false alarm. Targets y (n,) of 0 and 1, scores
(n,); with m different scores two arrays (m + 1,). Use your counts_at_thresholds.""",
    ("How many positives are missed at a threshold that finds tp of them? What are the two counts"
     " at inf?",
     "(cost_of_miss (positives - tp) + cost_of_false_alarm fp) / n, and cost_of_miss · positives /"
     " n at inf, the first"),
    (
        ("scores that all differ", [(*case, 10.0, 1.0) for case in CASES[0]]),
        ("equal scores belong to one threshold", [(*case, 2.0, 3.0) for case in CASES[1]]),
        ("what costs nothing doesn't count", [(*EASY, 0.0, 1.0), (*EASY, 1.0, 0.0)]),
    ),
    """
(price(FA, M) / n, T)  # The two costs are exchanged.
(price(append(0, tp), FA) / n, T)
    # The true positives are paid for: the misses, positives that are not found.
(price(append(0, fn), FA) / n, T)
    # At inf all positives are missed: the first count is their number, not 0.
(price(M, append(n_neg, fp)) / n, T)  # At inf nobody is called positive: there is no false alarm.
(price(M / n_pos, FA / n_neg), T)  # Each kind is divided by its own number: by all samples.
((M + FA) / n, T)  # The costs are left out: each count times its price.
""",
    ways="""
((cost_of_miss * M + cost_of_false_alarm * FA) / n, T)
""",
    let=LET + """
price = lambda misses, alarms: cost_of_miss * misses + cost_of_false_alarm * alarms
cost = price(M, FA) / n
""",
    booleans=("y",),
)  # fmt: skip

threshold_of_least_cost = Exercise(
    "threshold_of_least_cost",
    "errors",
    """Return the threshold of the least cost, of equal ones the highest: one number.

The arguments are those of cost_curve; use yours. One chooses a threshold on the validation set,
since on the samples it was chosen on it looks better than on new ones.""",
    ("cost.argmin() is the place of the first of the least: which threshold stands there?",
     "thresholds[cost.argmin()]"),
    (
        ("the threshold at the least cost",
         [(*EASY, 1.0, 1.0), (*EASY, 10.0, 1.0), (*EASY, 1.0, 10.0),
                                             (*TIED, 2.0, 1.0)]),
        ("of equal costs the highest threshold", [(*BELOW, 1.0, 1.0), (*TIED, 1.0, 1.0)]),
        ("it may be inf: call nobody positive",
         [(*EASY, 1.0, 100.0), ([1, 0, 0], [1.0, 2.0, 3.0], 1.0, 1.0)]),
    ),
    """
T[1:][cost[1:].argmin()]  # inf is left out: to call nobody positive may be the cheapest.
T[(M + FA).argmin()]  # The costs are left out: each error counts the same.
""",
    let=LET + """
cost = (cost_of_miss * M + cost_of_false_alarm * FA) / n
""",
    booleans=("y",),
)  # fmt: skip

threshold_of_best_f1 = Exercise(
    "threshold_of_best_f1",
    "errors",
    """Return the threshold of the highest F1-score, of equal ones the highest: one number.

F1 at each threshold is that of the positive class. Every different score is a threshold.
Targets y (n,) of 0 and 1, at least one of them 1; scores (n,). Use your counts_at_thresholds.""",
    ("F1 = 2 tp / (2 tp + fp + fn): what are tp + fp and tp + fn together, at a threshold?",
     "thresholds[f1.argmax()] with f1 = 2 tp / (tp + fp + positives)"),
    (
        ("the threshold at the highest F1",
         [EASY, (Y(9), N(9)), ([0, 1, 0, 1, 1], [0.9, 0.8, 0.7, 0.6, 0.1]),
          ([0, 1, 1, 1, 0, 0, 1, 0], [0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1])]),
        ("of equal scores and of equal F1 the highest threshold",
         [TIED, BELOW, ([1, 0, 0, 1, 0, 1], [6.0, 5.0, 4.0, 3.0, 2.0, 1.0]),
          ([1, 0, 1], [3.0, 2.0, 1.0]), ([1, 0, 0, 1], [4.0, 3.0, 2.0, 1.0])]),
    ),
    """
t[(P[::-1] + R[1:]).argmax()]; t[::-1][(P + R[1:][::-1]).argmax()]
    # The sum of precision and recall is made largest: F1, their harmonic mean.
t[(tp + tn).argmax()]  # The accuracy is made largest: F1.
t[(tp / n_pos - fp / n_neg).argmax()]  # Youden's index is made largest: F1.
""",
    let=LET,
    booleans=("y",),
)  # fmt: skip

EXERCISES = (
    *(counts_at_thresholds, precision_recall_curve, roc_curve, roc_auc),
    *(cost_curve, threshold_of_least_cost, threshold_of_best_f1),
)
