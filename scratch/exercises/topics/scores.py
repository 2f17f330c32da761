"""Judging scores: counts at every threshold, the curves, their area, and which threshold to take."""
# ruff: noqa: E501 (a slip is a line of a table)

from scratch.exercises.compare import EXACT
from scratch.exercises.record import Exercise, N, Y

EASY = ([0, 1, 1, 0, 1], [0.1, 0.8, 0.35, 0.4, 0.6])
TIED = ([0, 1, 1, 0, 0, 1], [0.1, 0.8, 0.8, 0.3, 0.8, 0.3])
BELOW = ([1, 0, 0, 1, 0, 0, 1], [-5.0, -7.5, -5.0, 12.0, -20.0, 3.0, 3.0])
CASES = [EASY, (Y(9), N(9))], [TIED, BELOW, (Y(12), N(12, digits=0))]

LET = """
n, n_pos, n_neg = len(y), sum(y), len(y) - sum(y)
order = argsort(scores)[::-1]
t = unique(scores)[::-1]
tp = array([sum(y[scores >= v]) for v in t])
fp = array([sum(1 - y[scores >= v]) for v in t])
tp1, fp1 = cumsum(y[order]), cumsum(1 - y[order])
above_tp = array([sum(y[scores > v]) for v in t])
above_fp = array([sum(1 - y[scores > v]) for v in t])
fn, tn = n_pos - tp, n_neg - fp
grid = linspace(0, 1, 101)[::-1]
on_grid = lambda k: array([sum((y == k)[scores >= v]) for v in grid])
swapped = lambda c: (c[0], c[1], c[2][::-1])
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
     "at each place where the next score differs (and the last): cumsum(y), and the number of samples"
     " so far less that"),
    (
        ("scores that all differ", CASES[0]),
        ("equal scores belong to one threshold", CASES[1]),
    ),
    """
(tp1, fp1, scores[order])
    # Equal scores are taken one by one, so their order in the data decides: one count for each
    # different score, of all that reach it.
(tp1[first_places()], fp1[first_places()], t)
    # Of equal scores the first place is taken: the last one holds the count of all.
(above_tp, above_fp, t)
    # Above the threshold only (>): a score that reaches it (>=) is called positive too.
(tp[::-1], fp[::-1], t[::-1])  # The thresholds rise: the highest comes first.
(tp, fp, t[::-1])  # The thresholds are in another order than the counts: all three fall with them.
(tp[::-1], fp[::-1], t)  # The counts are in another order than the thresholds.
rising()
    # Sorted the lowest first, so the counts are of those below: the highest first,
    # argsort(scores)[::-1].
(fp, tp, t)  # The two counts are exchanged: true positives first.
(tp, tp + fp, t)  # The second is all that are called positive: the false ones, without tp.
(tp, fn, t)  # The second is the misses, positives below the threshold: the false positives.
(tp, tn, t)  # The second is the true negatives: the false positives.
(tp / n_pos, fp / n_neg, t)  # Rates come out: counts are asked for.
(tp, fp)  # The thresholds are missing.
(cumsum(y), cumsum(1 - y), scores)  # The samples are not sorted: by score, the highest first.
(cumsum(y), arange(1, n + 1) - cumsum(y), scores[order])
    # The scores are sorted, y is not: y[order] too.
(append(0, tp), append(0, fp), append(inf, t))  # The point above all scores is not asked for here.
(on_grid(1), on_grid(0), grid)
    # Thresholds on a grid from 0 to 1: every different score is one, wherever it lies.
(sum(y), sum(1 - y), t)
    # These are the numbers of positives and negatives: at each threshold those that reach it.
(n_pos - tp, n_neg - fp, t)  # These are the misses and the true negatives.
""",
    let=LET + """
def first_places():
    return [list(scores[order]).index(v) for v in t]
def rising():
    up = argsort(scores)
    last = flatnonzero(append(diff(scores[up]) != 0, True))
    tp = cumsum(y[up])[last]
    return tp, last + 1 - tp, scores[up][last]
""",
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
    ("Of those called positive, the share that is; of the positives, the share that was found. The counts"
     " come with falling thresholds: turn the arrays round, then append the last point.",
     "tp / (tp + fp) and tp / positives, turned round, then 1 and 0 appended; the thresholds turned"
     " round"),
    (
        ("scores that all differ", CASES[0]),
        ("equal scores belong to one threshold", CASES[1]),
    ),
    """
(P, R, t[::-1])  # The last point is missing: precision 1 and recall 0, which has no threshold.
(append(tp / (tp + fp), 1), append(tp / n_pos, 0), t)
    # The highest threshold comes first: they rise, and the point (1, 0) is the last.
(tp / (tp + fp), tp / n_pos, t)
    # The thresholds fall, and the last point is missing: turn the arrays round ([::-1]), then
    # append precision 1 and recall 0.
(append(1, P), append(0, R), t[::-1])  # The point (1, 0) comes first: it is the last.
(append(1, tp / (tp + fp)), append(0, tp / n_pos), t)
    # The thresholds fall: turn the arrays round, and the point (1, 0) is the last.
(append(P, 1), append(R, 0), t)
    # The thresholds fall, precision and recall are turned round: all rise.
(append(P, 0), append(R, 0), t[::-1])
    # The last point is precision 1 and recall 0, not precision 0.
(append(P, 0), append(R, 1), t[::-1])  # The last point is precision 1 and recall 0.
(append(P, 1), append(R, 1), t[::-1])  # The last point is precision 1 and recall 0, not recall 1.
(append(P, 1), append(R, 0), append(t[::-1], inf))  # The last point has no threshold.
(append(R, 0), append(P, 1), t[::-1]); (append(R, 1), append(P, 0), t[::-1])
    # Precision and recall are exchanged.
(append(P, 1), append((tp / n)[::-1], 0), t[::-1])
    # Recall is divided by all samples: by the positives.
(append((tp / n)[::-1], 1), append(R, 0), t[::-1])
    # Precision is divided by all samples: by those called positive.
(append((above_tp / (above_tp + above_fp))[::-1], 1), append((above_tp / n_pos)[::-1], 0), t[::-1])
(append(nan_to_num(above_tp / (above_tp + above_fp))[::-1], 1), append((above_tp / n_pos)[::-1], 0), t[::-1])
    # Above the threshold only (>): a score that reaches it (>=) is called positive too.
(append((tp1 / (tp1 + fp1))[::-1], 1), append((tp1 / n_pos)[::-1], 0), scores[order][::-1])
    # Equal scores are taken one by one, so their order in the data decides: one point for each
    # different score.
(append(1 - P, 1), append(R, 0), t[::-1])  # 1 - precision comes out.
(append(P, 1), append(1 - R, 0), t[::-1])  # 1 - recall comes out.
(append(0, fp / n_neg), append(0, tp / n_pos), append(inf, t))  # This is the ROC curve.
(append(maximum.accumulate(P), 1), append(R, 0), t[::-1])
    # Precision is made to rise: it is what was counted at each threshold.
from_full_recall()
    # Thresholds below that of full recall are left out: every different score is one.
precision_recall_curve(1 - y, scores)  # The counts are of the other class: a high score means 1.
precision_recall_curve(y, -scores)  # The order is that of -scores: a high score means 1.
(append((tp / fp)[::-1], 1), append(R, 0), t[::-1])
    # Divided by the false positives: by all called positive, tp + fp.
(append(P, 1), append((tp / fn)[::-1], 0), t[::-1])  # Divided by the misses: by all positives.
(append((on_grid(1) / (on_grid(1) + on_grid(0)))[::-1], 1), append((on_grid(1) / n_pos)[::-1], 0), grid[::-1])
    # Thresholds on a grid from 0 to 1: every different score is one.
(append(tp1 / (tp1 + fp1), 1), append(tp1 / n_pos, 0), scores[order])
    # Equal scores are taken one by one, and the thresholds fall: one point for each different
    # score, and they rise.
unsorted()  # The samples are not sorted by score.
""",
    ways="""
(np.append((tp / (tp + fp))[::-1], 1), np.append((tp / n_pos)[::-1], 0), t[::-1])
""",
    let=LET + """
P, R = (tp / (tp + fp))[::-1], (tp / n_pos)[::-1]
def from_full_recall():
    first = flatnonzero(R == 1)[-1]
    return append(P[first:], 1), append(R[first:], 0), t[::-1][first:]
def unsorted():
    a, b = cumsum(y), cumsum(1 - y)
    return append((a / (a + b))[::-1], 1), append((a / n_pos)[::-1], 0), scores[::-1]
""",
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
    ("At the lowest threshold all are called positive: what are the counts there? Which value comes first"
     " in each array?",
     "fp / negatives and tp / positives, each after a 0; the thresholds after np.inf"),
    (
        ("scores that all differ", CASES[0]),
        ("equal scores belong to one threshold", CASES[1]),
    ),
    """
(R, F, T)  # The two rates are exchanged: the false positive rate first.
(F[1:], R[1:], t)  # The first point is missing: rates 0 and 0, threshold inf.
(R[1:], F[1:], t)  # The two rates are exchanged, and the first point is missing.
(append(0, fp / n), append(0, tp / n), T)
    # Divided by all samples: by the negatives and the positives.
(append(0, fp / n_pos), append(0, tp / n_neg), T)
    # The denominators are exchanged: fp by the negatives.
(append(0, fp / n_pos), R, T)  # fp is divided by the positives: by the negatives.
(append(0, fp / (tp + fp)), R, T)  # fp by all called positive is 1 - precision: by the negatives.
(F, append(0, tp / (tp + fp)), T)  # tp by all called positive is the precision: by the positives.
(F[::-1], R[::-1], T[::-1])  # The thresholds rise: they fall, from inf.
(F, R, append(inf, t[::-1]))  # The thresholds rise, the rates too: they fall as the rates rise.
(F, R, append(t[0] + 1, t)); (F, R, append(1, t))  # The first threshold is np.inf.
(F, R, append(t, inf))  # inf is the first threshold.
(append(fp / n_neg, 0), append(tp / n_pos, 0), append(t, inf))  # The point (0, 0) is the first.
(append(F[1:], 1), append(R[1:], 1), T)  # The point (0, 0) is missing, and (1, 1) comes twice.
(F, R, t)  # The threshold of the first point is missing: np.inf.
(append(0, tp / n_pos), append(0, tp / n_pos), T)  # The true positive rate comes out twice.
(append(0, tn / n_neg), R, T)  # The share of the negatives that is called negative: 1 - it is.
(1 - F, R, T)  # 1 - the false positive rate comes out.
(F, 1 - R, T)  # 1 - the true positive rate comes out.
(append(0, above_fp / n_neg), append(0, above_tp / n_pos), T)
    # Above the threshold only (>): a score that reaches it (>=) is called positive too.
(append(0, fp1 / n_neg), append(0, tp1 / n_pos), append(inf, scores[order]))
    # Equal scores are taken one by one: one point for each different score.
roc_curve(y, -scores)  # The order is that of -scores: a high score means 1.
(F, R)  # The thresholds are missing.
(on_grid(0) / n_neg, on_grid(1) / n_pos, grid)
    # Thresholds on a grid from 0 to 1: every different score is one.
(append(0, fp), append(0, tp), T)
    # The counts come out: divide them by the negatives, by the positives.
""",
    ways="""
(np.append(0, fp / n_neg), np.append(0, tp / n_pos), np.append(np.inf, t))
""",
    let=LET + """
F, R, T = append(0, fp / n_neg), append(0, tp / n_pos), append(inf, t)
""",
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
    ("Two nested loops over positives and negatives do it. np.searchsorted on the sorted negatives does it"
     " faster: side=\"left\" and side=\"right\" differ by the ties.",
     "(pairs with positive > negative + 1/2 · pairs that are equal) / (positives · negatives)"),
    (
        ("scores that all differ", CASES[0]),
        ("a tie counts one half", CASES[1]),
        ("more positives than negatives, or fewer", [([1, 1, 1, 0], [0.2, 0.9, 0.5, 0.4]),
                                                     ([0, 0, 0, 1], [0.2, 0.9, 0.5, 0.6])]),
    ),
    """
mean(greater)
    # A tie counts 0, one half is right: for pairs count the ties too, under a curve take trapezoids
    # (between two points it is a straight line).
mean(greater_equal_); sum(greater_equal_) / n_neg / n_pos
    # A tie counts 1, one half is right: is it >= for >, or rectangles under the curve?
1 - auc
    # Equal to 1 - AUC: are the scores of the wrong class, or sorted the other way, or the axes
    # exchanged?
-auc
    # Equal to -AUC: the false positive rate runs backwards. np.trapezoid(y, x) goes from the lowest
    # x.
auc - 1  # Equal to AUC - 1: the axes are exchanged and run backwards; x is the false positive rate.
max([auc, 1 - auc])
    # Equal to max(AUC, 1 - AUC): a classifier that ranks the wrong way round must show.
2 * auc - 1  # The Gini coefficient 2 AUC - 1: the share of pairs itself.
auc * n_pos * n_neg; sum(greater)
    # The number of pairs in the right order: divide by n_positive · n_negative.
auc * n_pos * n_neg / n ** 2  # Divided by n²: there are n_positive · n_negative pairs.
auc * n_pos * n_neg / n; sum(greater) / n  # Divided by n: there are n_positive · n_negative pairs.
auc * n_neg; sum(greater) / n_pos
    # Divided by the positives only: there are n_positive · n_negative pairs.
auc * n_pos  # Divided by the negatives only: there are n_positive · n_negative pairs.
auc * n_pos * n_neg / (n * (n - 1) / 2)
    # Divided by n (n - 1) / 2: only pairs of a positive and a negative count.
sum([p > q for p, q in zip(pos, neg)]) / n_pos; mean([p > q for p, q in zip(pos, neg)])
    # The pairs are made place by place (zip): each positive with each negative.
mean(pos > neg)
    # Positives and negatives are compared place by place: each with each, pos[:, None] > neg.
trapezoid(one_tpr, one_fpr)
    # Equal scores are taken one by one, so their order in the data decides: a threshold takes all
    # of them at once.
trapezoid(R[1:], F[1:])  # The curve does not begin at (0, 0), where nobody is called positive.
trapezoid(tp / (tp + fp), tp / n_pos); -trapezoid(*pr()[:2]); abs(trapezoid(*pr()[:2]))
-trapezoid(pr()[0], pr()[1]); abs(trapezoid(pr()[0], pr()[1]))
    # This is the area under the precision-recall curve.
-sum(diff(pr()[1]) * pr()[0][:-1])  # This is the average precision, of the precision-recall curve.
100 * auc  # A percentage: a share is from 0 to 1.
mean((scores >= 0.5) == y); mean((scores > 0.5) == y)
    # This is the accuracy at threshold 1/2: no threshold takes part.
mean([mean(scores[y == 1] >= 0.5), mean(scores[y == 0] < 0.5)])
    # The mean of recall and specificity at one threshold: no threshold takes part.
trapezoid(on_grid(1) / n_pos, on_grid(0) / n_neg)
abs(trapezoid(on_grid(1) / n_pos, on_grid(0) / n_neg))
    # Thresholds on a grid from 0 to 1: every score is one, wherever it lies.
mean(scores[y == 1]) - mean(scores[y == 0])
    # The difference of the mean scores: only their order counts.
trapezoid(R)  # Without x the points are taken as 1 apart: np.trapezoid(tpr, fpr).
sum(R)  # The heights are added up: an area is height times width.
trapezoid(cumsum(y) / n_pos, cumsum(1 - y) / n_neg)
trapezoid(append(0, cumsum(y) / n_pos), append(0, cumsum(1 - y) / n_neg))
    # The samples are not sorted by score.
mean(greater) - mean(equal_) / 2  # The ties are subtracted: they count one half more.
auc + epsilon  # An epsilon of {epsilon} is added: both kinds are there, so no denominator is 0.
auc * n_pos * n_neg / (n_pos * n_neg + epsilon)
    # An epsilon of {epsilon} is in the denominator: both kinds are there, so it is not 0.
(pos[:, None] > neg).all(axis=1).mean()
    # Positives above all negatives are counted: each pair by itself.
auc > 0.5  # True or False: the share itself.
""",
    ways="""
np.mean(pos[:, None] > neg) + np.mean(pos[:, None] == neg) / 2
np.sum(pos[:, None] > neg) / (n_pos * n_neg) + np.sum(pos[:, None] == neg) / (n_pos * n_neg) / 2
np.trapezoid(R, F)
""",
    let=LET + """
y = asarray(y).astype(int)
pos, neg = scores[y == 1], scores[y == 0]
greater, greater_equal_, equal_ = pos[:, None] > neg, pos[:, None] >= neg, pos[:, None] == neg
auc = mean(greater) + mean(equal_) / 2
F, R = append(0, fp / n_neg), append(0, tp / n_pos)
one_fpr, one_tpr = append(0, fp1 / n_neg), append(0, tp1 / n_pos)
pr = lambda: precision_recall_curve(y, scores)
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
    ("How many positives are missed at a threshold that finds tp of them? What are the two counts at inf?",
     "(cost_of_miss (positives - tp) + cost_of_false_alarm fp) / n, and cost_of_miss · positives / n at"
     " inf, the first"),
    (
        ("scores that all differ", [(*case, 10.0, 1.0) for case in CASES[0]]),
        ("equal scores belong to one threshold", [(*case, 2.0, 3.0) for case in CASES[1]]),
        ("what costs nothing doesn't count", [(*EASY, 0.0, 1.0), (*EASY, 1.0, 0.0)]),
    ),
    """
(cost[1:], t)  # The threshold inf is missing: there all positives are missed, with no false alarm.
(price(FA, M) / n, T)  # The two costs are exchanged.
(cost * n, T)  # The sum over the samples: the mean, divide by n.
(cost * n / n_pos, T)  # Divided by the positives: by all samples.
(price(M, 0 * FA) / n, T)  # The false alarms are left out.
(price(0 * M, FA) / n, T)  # The misses are left out.
(price(append(0, tp), FA) / n, T)
    # The true positives are paid for: the misses, positives that are not found.
(price(append(0, fn), FA) / n, T)
    # At inf all positives are missed: the first count is their number, not 0.
(price(M, append(n_neg, fp)) / n, T)  # At inf nobody is called positive: there is no false alarm.
(price(M, append(n_neg, tn)) / n, T)
    # Negatives that are called negative cost nothing: the false alarms, fp.
(price(M, FA + append(0, tp)) / n, T)
    # All called positive are paid for as false alarms: those that are negative.
(price(M / n_pos, FA / n_neg), T); (price(M / n_pos, FA / n_neg) / n, T)
    # Each kind is divided by its own number: by all samples.
(cost[::-1], T[::-1])  # The thresholds rise: they fall, from inf.
(cost[::-1], T)  # The costs are in another order than the thresholds.
(append(cost[1:], cost[0]), append(t, inf))  # inf is the first threshold.
(T, cost)  # The two results are exchanged: the costs first.
cost  # The thresholds are missing.
(M + FA, T); ((M + FA) / n, T)  # The costs are left out: each count times its price.
(cost, append(t[0] + 1, t))  # The first threshold is np.inf.
""",
    ways="""
(((cost_of_miss * append(n_pos, n_pos - tp) + cost_of_false_alarm * append(0, fp)) / n), append(inf, t))
""",
    let=LET + """
M, FA, T = append(n_pos, fn), append(0, fp), append(inf, t)
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
        ("the threshold at the least cost", [(*EASY, 1.0, 1.0), (*EASY, 10.0, 1.0), (*EASY, 1.0, 10.0),
                                             (*TIED, 2.0, 1.0)]),
        ("of equal costs the highest threshold", [(*BELOW, 1.0, 1.0), (*TIED, 1.0, 1.0)]),
        ("it may be inf: call nobody positive", [(*EASY, 1.0, 100.0), ([1, 0, 0], [1.0, 2.0, 3.0], 1.0, 1.0)]),
    ),
    """
cost.min()  # The least cost comes out: the threshold at which it is paid.
cost.argmin(); int(cost.argmin())  # A place comes out: the threshold that stands there.
T[cost.argmax()]  # The threshold of the highest cost: argmin.
T[len(T) - 1 - cost[::-1].argmin()]
    # Of equal costs the lowest threshold: the highest, which comes first.
T[1:][cost[1:].argmin()]; T[1:][cost.argmin() - 1]
    # inf is left out: to call nobody positive may be the cheapest.
t[minimum(cost.argmin(), len(t) - 1)]
    # The costs have one place more than these thresholds: inf is the first.
T[other.argmin()]  # The two costs are exchanged.
T[(M + FA).argmin()]  # The costs are left out: each error counts the same.
(cost.min(), T[cost.argmin()])  # Two results: the threshold alone.
threshold_of_best_f1(y, scores)  # This is the threshold of the highest F1.
""",
    let=LET + """
M, FA, T = append(n_pos, fn), append(0, fp), append(inf, t)
cost = (cost_of_miss * M + cost_of_false_alarm * FA) / n
other = (cost_of_miss * FA + cost_of_false_alarm * M) / n
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
f1.max()  # The highest F1 comes out: the threshold at which it is reached.
f1.argmax(); int(f1.argmax())  # A place comes out: the threshold that stands there.
t[f1.argmin()]  # The threshold of the lowest F1: argmax.
t[len(t) - 1 - f1[::-1].argmax()]
    # Of equal ones the highest threshold, which comes first; and is it F1 that is made largest?
    # (The recall alone is, at the lowest threshold.)
t[::-1][f1.argmax()]  # The thresholds are in another order than the F1s.
t[(tp / (tp + fp)).argmax()]  # The precision is made largest: F1.
t[((tp + tn) / n).argmax()]  # The accuracy is made largest: F1.
t[(P + R).argmax()]
    # The sum (or the product) of precision and recall is made largest: F1, their harmonic mean.
t[(tp / n_pos - fp / n_neg).argmax()]  # Youden's index is made largest: F1.
(t[f1.argmax()], f1.max())  # Two results: the threshold alone.
""",
    let=LET + """
f1 = 2 * tp / (tp + fp + n_pos)
P, R = tp / (tp + fp), tp / n_pos
""",
    booleans=("y",),
)  # fmt: skip

EXERCISES = (
    *(counts_at_thresholds, precision_recall_curve, roc_curve, roc_auc),
    *(cost_curve, threshold_of_least_cost, threshold_of_best_f1),
)
