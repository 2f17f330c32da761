"""A hint for each exercise: where to begin, and what to look out for. The solution is not said."""

HINTS = {
    "sigmoid": """\
Two formulas are the same number: 1 / (1 + exp(-z)), and exp(z) / (1 + exp(z)). One overflows far
below 0, the other far above. Which exponent is never above 0 on either side? np.where picks the
numerator.""",
    "binary_cross_entropy": """\
Do not compute the probability: for y = 1 the loss is log(1 + exp(-z)), for y = 0 it is
log(1 + exp(z)). One formula serves both if you turn the sign of z first. np.logaddexp(0, v) is
log(1 + exp(v)) and never overflows.""",
    "binary_cross_entropy_gradient": """\
Differentiate log(1 + exp(-z)) by hand: σ(z) - 1 comes out. And log(1 + exp(z))? One expression
holds both. The loss is a mean over n samples: what does that do to each slope?""",
    "softmax": """\
exp of every score, divided by its row's sum (axis=1, and keepdims=True so that the shapes fit).
Subtracting the same number from a whole row changes nothing: which number keeps exp from
overflowing?""",
    "cross_entropy": """\
-log P[i, y[i]] = log Σ_j exp(Z[i, j]) - Z[i, y[i]]: no probability is needed. Z[np.arange(n), y]
picks one score a row. Subtract it from its row, and np.logaddexp.reduce does the rest.""",
    "cross_entropy_gradient": """\
Probability - target again. Begin with softmax(Z); the target is 1 in one place of each row:
[np.arange(n), y]. The loss is a mean over n samples.""",
    "minibatches": """\
Draw an order of all indices first (rng has a method for it), then cut it: range takes a step, and
a slice may reach past the end.""",
    "sgd_step": """\
Scores first, then G, their gradient, (n, K). W is (K, d) and X is (n, d): which product of G and X
has the shape of W? A score's intercept counts in every sample, so b's slope is a sum. The slope of
α/2 · W² is αW. Compute both slopes before anything changes.""",
    "fit_softmax": """\
Two loops: epochs, and in each the mini-batches of a new order. X[batch] takes the rows of a batch.
`sgd_step` returns new weights: keep them.""",
    "fit_one_sample_at_a_time": """\
Two loops: epochs, and in each the samples in their order. Of one sample x the score is w·x + b.
Compute the residual σ(z) - y once, before w changes; the penalty only touches w.""",
    "accuracy": """\
Comparing two arrays gives True and False, and their mean is a share.""",
    "confusion_matrix": """\
Begin with zeros, (K, K), of whole numbers. Add 1 in row y_true[i], column y_pred[i] for every i. A
pair that comes twice must count twice: C[y_true, y_pred] += 1 does not do that; np.add.at does.""",
    "precision_recall_f1": """\
The diagonal is right. The sum of a column is all that was predicted to be of a class, the sum of a
row all that is. Where such a sum is 0, so is the diagonal: what can you divide by instead?""",
    "log_loss": """\
P[np.arange(n), y] is the probability of what came true, one a sample. Clip it before the
logarithm: np.finfo(P.dtype).eps is eps.""",
    "precision_recall_curve": """\
Sort by score, the highest first. Going down, np.cumsum counts the true positives so far. Equal
scores belong to one threshold: keep the last of them only. At the end turn the arrays round and
append the point (1, 0).""",
    "roc_auc": """\
For every positive sample: how many negatives score lower, and how many the same (they count one
half)? Two nested loops do it. np.searchsorted on the sorted negatives does it faster.""",
}
