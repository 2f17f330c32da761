"""Classifiers as people write them, right and wrong, for the laws of classification."""

import numpy as np
from scipy.special import expit, softmax
from sklearn import linear_model
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from scratch.linear_model import LogisticClassifier, SGDClassifier, SoftmaxClassifier


class Logistic:
    """Gradient descent on two classes, 0 and 1; nothing of anybody's protocol."""

    def __init__(self, lr=0.5, n_iter=500, lam=0.0):
        self.lr, self.n_iter, self.lam = lr, n_iter, lam

    def start(self, X):
        self.w, self.b = np.zeros(X.shape[1]), 0.0

    def gradient(self, X, y):
        r = expit(X @ self.w + self.b) - y
        return X.T @ r / len(y) + self.lam * self.w, r.mean()

    def fit(self, X, y):
        self.start(X)
        for _ in range(self.n_iter):
            slope_w, slope_b = self.gradient(X, y)
            self.w = self.w - self.lr * slope_w
            self.b = self.b - self.lr * slope_b

    def predict_proba(self, X):
        p = expit(X @ self.w + self.b)
        return np.column_stack([1 - p, p])


class OneColumn(Logistic):
    """Probabilities of class 1 only, and labels."""

    def predict_proba(self, X):
        return expit(X @ self.w + self.b)

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)


class Newton:
    """Iteratively reweighted least squares, with coef_ and intercept_ and no probabilities."""

    def __init__(self, l2=1e-3):
        self.l2 = l2

    def fit(self, X, y):
        ones = np.column_stack([X, np.ones(len(X))])
        theta, ridge = np.zeros(ones.shape[1]), np.diag([self.l2] * X.shape[1] + [0])
        for _ in range(50):
            p = expit(ones @ theta)
            H = (
                (ones * (p * (1 - p))[:, None]).T @ ones / len(y)
                + ridge
                + 1e-9 * np.eye(len(theta))
            )
            g = ones.T @ (p - y) / len(y) + ridge @ theta
            theta = theta - np.linalg.solve(H, g).clip(-1, 1)
        self.coef_, self.intercept_ = theta[None, :-1], theta[-1:]


class MiniBatches:
    """Softmax regression by mini-batches from NumPy's global generator; any labels."""

    def __init__(self, eta=0.1, alpha=1e-3, epochs=60, batch_size=16):
        self.eta, self.alpha, self.epochs, self.batch_size = eta, alpha, epochs, batch_size

    def fit(self, X, y):
        self.labels, codes = np.unique(y, return_inverse=True)
        T = np.eye(len(self.labels))[codes]
        self.mean, self.scale = X.mean(axis=0), X.std(axis=0)
        self.scale = np.where(self.scale == 0, 1, self.scale)
        Z = (X - self.mean) / self.scale
        W, b = 0.01 * np.random.normal(size=(T.shape[1], X.shape[1])), np.zeros(T.shape[1])  # noqa: NPY002
        for _ in range(self.epochs):
            order = np.random.permutation(len(Z))  # noqa: NPY002
            for i in range(0, len(Z), self.batch_size):
                rows = order[i : i + self.batch_size]
                G = (softmax(Z[rows] @ W.T + b, axis=1) - T[rows]) / len(rows)
                W = W - self.eta * (G.T @ Z[rows] + self.alpha * W)
                b = b - self.eta * G.sum(axis=0)
        self.W, self.bias = W, b
        return self

    def predict_proba(self, X):
        return softmax((X - self.mean) / self.scale @ self.W.T + self.bias, axis=1)

    def predict(self, X):
        return self.labels[self.predict_proba(X).argmax(axis=1)]


class AlphaIsTheStep(Logistic):
    """As in many courses: alpha is the learning rate, and there is no penalty."""

    def __init__(self, alpha=0.1, iterations=2000):
        self.alpha, self.iterations = alpha, iterations

    def fit(self, X, y):
        self.start(X)
        for _ in range(self.iterations):
            r = expit(X @ self.w + self.b) - y
            self.w = self.w - self.alpha * X.T @ r / len(y)
            self.b = self.b - self.alpha * r.mean()


class SummedLoss(Logistic):
    """The objective is the sum of the losses, with a step to match."""

    def __init__(self, lr=0.005, n_iter=800, lam=0.1):
        super().__init__(lr, n_iter, lam)

    def gradient(self, X, y):
        r = expit(X @ self.w + self.b) - y
        return X.T @ r + self.lam * self.w, r.sum()


class OneVersusRest:
    """A binary classifier for each class, their probabilities normalised."""

    def __init__(self, l2=0.01):
        self.l2 = l2

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        self.models = [Logistic(lam=self.l2) for _ in self.classes_]
        for label, model in zip(self.classes_, self.models, strict=True):
            model.fit(X, (y == label).astype(float))
        return self

    def predict_proba(self, X):
        P = np.column_stack([model.predict_proba(X)[:, 1] for model in self.models])
        return P / P.sum(axis=1, keepdims=True)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]


class WithoutSeed(Logistic):
    """One sample at a time, from a generator that nobody can seed."""

    def fit(self, X, y):
        rng = np.random.default_rng()
        self.start(X)
        for _ in range(50):
            for i in rng.permutation(len(y)):
                r = expit(X[i] @ self.w + self.b) - y[i]
                self.w = self.w - 0.05 * (r * X[i] + self.lam * self.w)
                self.b = self.b - 0.05 * r


RIGHT = [
    Logistic(),
    AlphaIsTheStep(),
    SummedLoss(),
    OneVersusRest(),
    WithoutSeed(),
    Logistic(lr=0.1, n_iter=1000, lam=0.01),
    OneColumn(),
    Newton(),
    MiniBatches(),
    LogisticClassifier(max_iter=100),
    SoftmaxClassifier(max_iter=100),
    SGDClassifier("log_loss"),
    linear_model.LogisticRegression(),
    linear_model.SGDClassifier(loss="log_loss"),
    make_pipeline(StandardScaler(), linear_model.LogisticRegression()),
    LinearDiscriminantAnalysis(),
]

WRONG = []


def wrong(law, reason, **settings):
    """Add a class, the start of the first law that must refuse it, and words of the reason."""

    def add(Classifier):
        WRONG.append((Classifier, settings, law, reason))
        return Classifier

    return add


@wrong("a bigger penalty", "is its sign +", lam=0.01)
class PenaltyGrows(Logistic):
    def gradient(self, X, y):
        slope_w, slope_b = super().gradient(X, y)
        return slope_w - 2 * self.lam * self.w, slope_b


@wrong("a bigger penalty", "is its sign +", C=0.01)
class PenaltyGrowsWithC(Logistic):
    """A plain penalty of the wrong sign named C looks like a C that weighs the loss."""

    def __init__(self, C=0.01):
        super().__init__()
        self.C = C
        del self.lam

    def gradient(self, X, y):
        P = self.predict_proba(X)[:, 1]
        return X.T @ (P - y) / len(y) - self.C * self.w, float(np.mean(P - y))


@wrong("a bigger penalty", "is its sign +", alpha=0.01)
class PenaltyGrowsInSoftmax(MiniBatches):
    """The sign in a class of mini-batches, with a penalty named alpha."""

    def fit(self, X, y):
        self.alpha, kept = -self.alpha, self.alpha
        try:
            return super().fit(X, y)
        finally:
            self.alpha = kept


@wrong("a bigger penalty", "changes nothing", lam=0.01)
class PenaltyForgotten(Logistic):
    def gradient(self, X, y):
        slope_w, slope_b = super().gradient(X, y)
        return slope_w - self.lam * self.w, slope_b


@wrong("a strong penalty", "Is the intercept penalised?", lam=0.01)
class InterceptPenalised(Logistic):
    def gradient(self, X, y):
        slope_w, slope_b = super().gradient(X, y)
        return slope_w, slope_b + self.lam * self.b


@wrong("two classes", "the wrong way round")
class Ascent(Logistic):
    def gradient(self, X, y):
        return [-slope for slope in super().gradient(X, y)]


@wrong("two classes", "column 1")
class ColumnsExchanged(Logistic):
    def predict_proba(self, X):
        return super().predict_proba(X)[:, ::-1]


@wrong("the mean loss is near", "intercept learnt")
class WithoutIntercept(Logistic):
    def gradient(self, X, y):
        return super().gradient(X, y)[0], 0.0


@wrong("the mean loss on the training", "too few epochs", n_iter=5, lr=0.01)
class HardlyTrained(Logistic):
    pass


@wrong("fit again", "weights that are there", n_iter=60)
class WarmStart(Logistic):
    def start(self, X):
        if not hasattr(self, "w"):
            super().start(X)


@wrong("the probabilities of a row", "rows that are predicted")
class StandardisedWhenPredicting(Logistic):
    def fit(self, X, y):
        super().fit((X - X.mean(axis=0)) / (X.std(axis=0) + 1e-9), y)

    def predict_proba(self, X):
        return super().predict_proba((X - X.mean(axis=0)) / (X.std(axis=0) + 1e-9))


@wrong("a constant feature", "standard deviation")
class ConstantDivided(Logistic):
    def fit(self, X, y):
        self.mean, self.scale = X.mean(axis=0), X.std(axis=0)
        super().fit((X - self.mean) / self.scale, y)

    def predict_proba(self, X):
        return super().predict_proba((X - self.mean) / self.scale)


@wrong("huge features", "exp overflow")
class Overflowing(Logistic):
    def predict_proba(self, X):
        z = X @ self.w + self.b
        p = np.exp(z) / (1 + np.exp(z))
        return np.column_stack([1 - p, p])


@wrong("fit leaves", "copy")
class ShiftsInPlace(Logistic):
    def fit(self, X, y):
        self.mean = X.mean(axis=0)
        X -= self.mean
        super().fit(X, y)

    def predict_proba(self, X):
        return super().predict_proba(X - self.mean)


@wrong("fit leaves", "second fit")
class DecaysItsOwnStep(Logistic):
    def fit(self, X, y):
        super().fit(X, y)
        self.lr = self.lr * 0.9


@wrong("the order of the features", "one column special")
class LastFeatureForgotten(Logistic):
    def gradient(self, X, y):
        slope_w, slope_b = super().gradient(X, y)
        return slope_w * np.r_[np.ones(X.shape[1] - 1), 0], slope_b


@wrong("labels may be strings", "np.unique")
class StringsAreZero(Logistic):
    def fit(self, X, y):
        super().fit(X, np.array([1.0 if label == 1 else 0.0 for label in y]))


@wrong("probabilities: one for each class", "")
class NotAProbability(Logistic):
    def predict_proba(self, X):
        z = X @ self.w + self.b
        return np.column_stack([-z, z])


@wrong("the order of the samples", "")
class LastSampleHeavy(Logistic):
    def gradient(self, X, y):
        weight = np.r_[np.ones(len(y) - 1), 0.2 * len(y)]
        r = weight * (expit(X @ self.w + self.b) - y) / weight.sum()
        return X.T @ r + self.lam * self.w, r.sum()

    batch_size = None


@wrong("the higher the score", "same class")
class CoefOfTheOtherClass(Logistic):
    def fit(self, X, y):
        super().fit(X, y)
        self.coef_, self.intercept_ = -self.w[None], np.array([-self.b])


@wrong("three classes: probabilities", "Sigmoids of several classes")
class SigmoidsNotNormalised(MiniBatches):
    def predict_proba(self, X):
        P = super().predict_proba(X)
        return P if P.shape[1] == 2 else expit(np.log(P / (1 - P)) + 0.3)


@wrong("probabilities: one", "axis 0")
class SoftmaxOverSamples(MiniBatches):
    def predict_proba(self, X):
        return softmax((X - self.mean) / self.scale @ self.W.T + self.bias, axis=0)


@wrong("two classes", "Hardly anything is learnt")
class NeverMoves(Logistic):
    def gradient(self, X, y):
        return np.zeros(X.shape[1]), 0.0

    def predict_proba(self, X):
        return np.full((len(X), 2), 0.5)  # half of them are right


@wrong("the higher the score", "")
class PredictsTheOther(Logistic):
    def predict(self, X):
        return 1 - self.predict_proba(X).argmax(axis=1)


@wrong("labels may be strings", "")
class PredictsCodes(Logistic):
    """It maps labels to 0 and 1, and forgets to map them back."""

    def fit(self, X, y):
        super().fit(X, np.unique(y, return_inverse=True)[1])

    def predict(self, X):
        return self.predict_proba(X).argmax(axis=1)


@wrong("huge features", "exp overflow")
class OverflowingInTraining(Logistic):
    def gradient(self, X, y):
        e = np.exp(X @ self.w + self.b)
        r = e / (1 + e) - y
        return X.T @ r / len(y) + self.lam * self.w, r.mean()


@wrong("the mean loss is near", "Too few epochs", n_iter=100)
class SmallSteps(Logistic):
    """The intercept gets there, the weights don't."""

    def gradient(self, X, y):
        slope_w, slope_b = super().gradient(X, y)
        return 0.02 * slope_w, slope_b


@wrong("probabilities: one", "")
class ThreeColumns(Logistic):
    def predict_proba(self, X):
        return np.column_stack([super().predict_proba(X), np.zeros(len(X))])


@wrong("probabilities: one", "")
class NotYetWritten(Logistic):
    def fit(self, X, y):
        raise NotImplementedError
