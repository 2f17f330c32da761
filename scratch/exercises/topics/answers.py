"""Judging answers: accuracy, the confusion matrix and what follows from it."""

from scratch.exercises.compare import EXACT
from scratch.exercises.record import C, Exercise, Y

SIX = ([1, 0, 1, 1, 0, 0], [1, 1, 1, 1, 0, 1])  # the chapter's: 4 of 6 right
TUMOURS = ([1] * 9 + [0] * 91, [1] + [0] * 98 + [1])  # 91 of 100 right
MANY = (Y(30, 4), Y(31, 4))
OFTEN = ([1] * 200 + [0] * 3, [0] * 200 + [1] * 2 + [0])  # more than an int8 counts

accuracy = Exercise(
    "accuracy",
    "accuracy",
    """Return the share of samples whose predicted label is the true one, a float in [0, 1].

y_true and y_pred are labels, (n,). Of [0, 1, 1, 0] and [0, 1, 0, 0] three of four agree: 0.75.""",
    ("Comparing two arrays gives False and True for each place, which count as 0 and 1.",
     "the mean of y_true == y_pred"),
    (
        ("one answer is right, 1, or wrong, 0, whatever the classes",
         [([2, 0, 1], [2, 0, 1]), ([1], [2]), ([0], [0]), ([3], [3]), ([2], [1])]),
        ("the share of right answers", [([0, 0, 1], [0, 1, 1]), SIX, ([0, 2, 1, 2], [2, 2, 1, 0]),
                                        TUMOURS]),
        ("many classes, many samples", [([0, 3, 1, 2, 2, 3, 0], [0, 3, 2, 2, 1, 3, 0]), OFTEN]),
    ),
    """
sum(y_true == y_pred)  # The number of right answers: divide by the number of samples.
len(y_true) / len(y_pred)
    # len counts all places, False too: the sum of y_true == y_pred counts the right ones.
float(all(y_true == y_pred))  # 1 only if every answer is right: the share of right ones.
all(y_true == y_pred)  # True only if every answer is right: the share of right ones.
any(y_true == y_pred)  # True if some answer is right: the share of right ones.
mean(y_pred - y_true); 1 - mean(y_true - y_pred)
    # The differences cancel each other: count the places that are equal.
mean(abs(y_true - y_pred)); 1 - mean(abs(y_true - y_pred)); 1 - mean((y_true - y_pred) ** 2)
    # The distance of labels says nothing: count the places that are equal.
sum(y_true) / len(y_pred)
    # The true labels are added up: compare them with the predicted ones.
0 * mean(y_true)
    # Nothing counts as right: `is` asks whether two are one object, == compares values.
sum(y_true != y_pred)  # The number of wrong answers.
mean((y_true == 1) & (y_pred == 1))
    # Only the right answers 1 count: a right 0 is a right answer too.
mean(y_true * y_pred)
    # Labels are multiplied, so a right 0 counts nothing: a right 0 is a right answer too.
sum((y_true == y_pred) & (y_true == 1)) / sum(y_true == 1)  # This is the recall of class 1.
mean((y_true != 0) == (y_pred != 0))  # Labels are taken for yes or no: 1 and 2 are other classes.
mean(sort(y_true) == sort(y_pred))  # The labels are sorted first: compare place by place.
""",
    ways="""
np.sum(y_true == y_pred) / len(y_true)
""",
    margin=EXACT,
    booleans=("y_true", "y_pred"),
)  # fmt: skip

confusion_matrix = Exercise(
    "confusion_matrix",
    "errors",
    """Count: C[i, j] samples of class i were predicted to be of class j; (K, K) whole numbers.

y_true and y_pred are class indices (n,), K is n_classes, also if some classes do not occur. Of
[0, 1, 1, 0] and [0, 1, 0, 0] it is [[2, 0], [1, 1]].""",
    ("Begin with zeros, (K, K), of whole numbers. For each sample, in which row and which column"
     " does 1 more stand? C[y_true, y_pred] += 1 counts a pair that comes twice only once.",
     "np.add.at(C, (y_true, y_pred), 1) on zeros of dtype int; or a loop: C[t, p] += 1"),
    (
        ("a sample of class i, predicted j, is a 1 in row i and column j",
         [([2, 0], [1, 0], 3), ([0], [1], 2), ([2], [3], 4), ([1], [1], 2)]),
        ("the same pair again counts again",
         [([0, 0, 1], [1, 1, 1], 2), ([0, 2, 0, 0], [1, 2, 1, 1], 3)]),
        ("many samples, more than 127 of a kind", [(*SIX, 2), (*MANY[:1], Y(30, 3), 4), (*OFTEN, 2),
                                                   ([0, 3, 1, 2, 3, 1], [1, 3, 0, 2, 2, 1], 4)]),
        ("classes that do not occur have their row and column",
         [([0, 1, 1], [0, 0, 1], 4), ([0], [0], 3)]),
    ),
    """
minimum(M, 1)
    # A pair that comes again counts only once: np.add.at(C, (y_true, y_pred), 1), or C[t, p] += 1
    # in a loop.
roll(M, (-1, -1), (0, 1))  # The classes are counted from 1: row i is class i.
M.astype(int8); M.astype(int8).astype(int)
    # The counts are of 8 bits, and 127 is the largest: dtype=int.
ones((K, 1), int) * predicted
    # [[0] * K] * K is one row K times: each += changes all. np.zeros((K, K), dtype=int) has rows of
    # its own.
diag(diag(M))  # Only the right answers are counted: the wrong ones too, beside the diagonal.
M[:-1, :-1]  # The last class is missing: range(n_classes) ends before n_classes by itself.
M - diag(diag(M))  # Only the wrong answers are counted: the right ones too, on the diagonal.
add.outer(true, predicted)
    # The two are counted by themselves and added: both at once, (y_true == i) & (y_pred == j).
multiply.outer(true, predicted)
    # The two are counted by themselves and multiplied: both at once, (y_true == i) & (y_pred == j).
add.outer(true, predicted) - M
    # Samples for which either holds are counted: both, (y_true == i) & (y_pred == j).
array([[y_true == i & y_pred == j for j in range(K)] for i in range(K)]) and 0
    # & binds more tightly than ==: (y_true == i) & (y_pred == j).
""",
    ways="""
np.array([[np.sum((y_true == i) & (y_pred == j)) for j in range(K)] for i in range(K)])
""",
    let="""
K = n_classes
M = bincount(y_true * K + y_pred, minlength=K * K).reshape(K, K)
true, predicted = M.sum(axis=1), M.sum(axis=0)
""",
    margin=EXACT,
    booleans=("y_true", "y_pred"),
)  # fmt: skip

LARGE = [(C(3),), (C(2),), (C(5),)]
ABSENT = [
    ([[2, 1, 0], [0, 0, 0], [1, 3, 0]],),
    ([[3, 0, 0], [0, 0, 0], [0, 0, 2]],),
    ([[0, 2], [0, 3]],),
]

precision_recall_f1 = Exercise(
    "precision_recall_f1",
    "errors",
    """Return the precision, the recall and the F1-score of each class, three arrays (K,).

C (K, K) are confusion counts: row = true class, column = predicted. Precision: of those
predicted to be of a class, the share that is. Recall: of those that are of a class, the share
that was found. F1 is their harmonic mean. 0/0 is taken as 0. Of [[2, 0], [1, 1]]: precision
[2/3, 1], recall [1, 1/2], F1 [0.8, 2/3].""",
    ("The diagonal is right. What is the sum of a column, what that of a row? Where such a sum is"
     " 0, so is the diagonal: what can one divide by instead?",
     "tp / column sums, tp / row sums, 2 tp / (column sums + row sums), with tp the diagonal, and"
     " at least 1 in each denominator"),
    (
        ("nothing is 0: precision, recall and F1 of each class",
         [([[2, 1, 1], [3, 4, 2], [1, 5, 6]],), ([[2, 1], [1, 1]],), *LARGE]),
        ("0/0 is 0: a class that never occurs, or is never predicted", ABSENT),
    ),
    """
(p, r, (p + r) / 2)  # F1 is the mean (p + r) / 2 here: the harmonic mean is asked for.
(p, r, sqrt(p * r))  # F1 is the geometric mean here: the harmonic one is asked for.
(p, r, 2 * tp / (tp + fp + fn))  # In F1's denominator tp counts twice: 2 tp + fp + fn.
(p, r, tp / (tp + fp + fn))  # This is the Jaccard index: F1 is 2 tp / (2 tp + fp + fn).
(tp / columns.sum(), tp / rows.sum(), f)
    # Divided by all samples: precision by the column's sum, recall by the row's.
(tp / (tp + columns), tp / (tp + rows), 2 * tp / (2 * tp + columns + rows))
    # fp is the column's sum without tp, which is counted twice: C.sum(axis=0) - tp.
(fp / maximum(columns, 1), fn / maximum(rows, 1), f)
    # fp and fn are the wrong ones: the right ones, tp, are divided.
(trace(C) / C.sum(),) * 3; (trace(C) / columns, trace(C) / rows, 2 * trace(C) / (columns + rows))
    # np.trace is the sum of the diagonal: each class has its own count, the diagonal itself.
(tp / columns, tp / rows, 2 * tp / (columns + rows))
    # 0/0 is nan: it is taken as 0. Divide by at least 1, np.maximum(..., 1), where the numerator is
    # 0 too.
(p, r, 2 * p * r / (p + r))
    # 0/0 in F1 is nan, where precision and recall are 0: from the counts, 2 tp / (columns + rows),
    # the denominator is at least 1.
(where(columns == 0, 1, p), where(rows == 0, 1, r), where(columns + rows == 0, 1, f))
    # 0/0 is taken as 0, not as 1.
(tp / (columns + epsilon), tp / (rows + epsilon), 2 * tp / (columns + rows + epsilon))
    # An epsilon of {epsilon} in the denominators changes every ratio: divide by at least 1 instead,
    # np.maximum(..., 1), where the numerator is 0 too.
array([p, r, f]).T  # A row for each class: three arrays, a number for each class.
""",
    ways="""
(tp / (tp + fp), tp / (tp + fn), 2 * p * r / (p + r))
(tp / columns, tp / rows, 2 * tp / (2 * tp + fp + fn))
""",
    let="""
tp = C.diagonal()
columns, rows = C.sum(axis=0), C.sum(axis=1)
fp, fn = columns - tp, rows - tp
p, r = tp / maximum(columns, 1), tp / maximum(rows, 1)
f = 2 * tp / maximum(columns + rows, 1)
""",
    margin=EXACT,
)  # fmt: skip

averages = Exercise(
    "averages",
    "ten",
    """Return the macro, the micro and the weighted average of precision, recall and F1.

These are the last rows of a report. C (K, K) are confusion counts. Each average is an array
(3,): precision, recall, F1. macro: every class counts the same. weighted: a class counts as
often as it occurs. micro: the counts of all classes are added up first, then divided. What are
all false positives together, what all false negatives? Of [[2, 0], [1, 1]] macro is [0.833,
0.75, 0.733], micro [0.75, 0.75, 0.75].""",
    ("np.array(precision_recall_f1(C)) is (3, K): over which axis does an average run? Every wrong"
     " answer is one false positive and one false negative: so what are the three micro averages?",
     "macro: the mean over the classes; micro: trace(C) / C.sum(), three times; weighted: Σ"
     " ratio[k] n_true[k] / Σ n_true"),
    (
        ("macro, micro, weighted: three arrays of three",
         [([[2, 1, 1], [3, 4, 2], [1, 5, 6]],), *LARGE, ([[2, 0], [1, 1]],)]),
        ("a class that never occurs weighs nothing, but counts in macro", ABSENT),
    ),
    """
(macro, trace(C) / C.sum(), weighted)  # micro is three numbers, which are equal: np.full(3, ...).
(macro, micro, R @ rows / len(C))  # Divided by K: by the number of samples.
(with_f(macro), micro, weighted)
    # F1 of the mean precision and recall: macro is the mean of the F1s.
(with_f(macro), micro, with_f(weighted))
    # F1 of the mean precision and recall: the averages are of the F1s.
(R[:, rows > 0].mean(axis=1), micro, weighted)
    # Classes that never occur are left out of macro: they count as the others, with 0.
array([macro, micro, weighted]).T  # Rows and columns are exchanged: an array for each average.
""",
    let="""
R = array(precision_recall_f1(C))
rows = C.sum(axis=1)
macro, micro, weighted = R.mean(axis=1), full(3, trace(C) / C.sum()), R @ rows / C.sum()
with_f = lambda a: array([a[0], a[1], 2 * a[0] * a[1] / (a[0] + a[1])])
""",
)  # fmt: skip

EXERCISES = (accuracy, confusion_matrix, precision_recall_f1, averages)
