"""Random sequences of calls on one mini-batch classifier, each held to laws of its own.

A sequence is drawn from its seed alone, so a failure can be repeated. Nothing is compared with
another program: a copy from a pickle goes on as its original does, a clone learns the same weights,
a call that fails or is interrupted leaves all as it was, predictions follow from the scores, and
the objective of a full batch is that of weights and samples, written out here. The tests make some
hundreds of these calls; ``python -m tests.linear_model.fuzz_minibatch 20000`` makes that many, and
prints which of them break a law.
"""

import copy
import pickle
import sys
import traceback
import warnings
from itertools import count

import numpy as np
from sklearn.base import clone

from scratch.exceptions import ConvergenceWarning
from scratch.linear_model import LogisticClassifier, SoftmaxClassifier

VALID = {
    "penalty": ["l2", "l1", "elasticnet", None],
    "alpha": [0, 1e-4, 0.01, 1, np.float32(0.1), 1e3],
    "l1_ratio": [0, 0.15, 1, np.float64(0.5)],
    "fit_intercept": [True, False, np.True_],
    "batch_size": [1, 2, 7, np.int64(16), 128, "full"],
    "momentum": [0, 0.5, 0.9, 0.99],
    "nesterov": [True, False],
    "average": [True, False, 5, 10**6],
    "learning_rate": ["auto", "auto", "auto", "constant", "optimal", "invscaling", "adaptive"],
    "eta0": [1e-3, 0.01, 0.1, np.float32(0.5)],
    "power_t": [0.5, 0, 1, -0.1],
    "max_iter": [1, 2, 5, np.int32(8)],
    "tol": [None, 1e-3, 0, 10],
    "n_iter_no_change": [1, 2, 5],
    "early_stopping": [False, False, False, True],
    "validation_fraction": [0.1, 0.3, 0.5],
    "class_weight": [None, None, "balanced"],
    "shuffle": [True, False],
    "warm_start": [False, False, True],
    "random_state": [0, 1, np.int64(3), 2**32 - 1],
}
INVALID = {
    "penalty": ["L2", 2, True],
    "alpha": [-1, np.nan, np.inf, "1", None, 10**400],
    "l1_ratio": [-0.1, 1.1, None],
    "fit_intercept": ["yes", 2, None],
    "batch_size": [0, -1, 2.5, "all", None],
    "momentum": [-0.1, 1, np.nan, None],
    "nesterov": ["yes", None],
    "average": [-1, 0.5, "yes", None],
    "learning_rate": ["auto ", None, 1],
    "eta0": [0, -1, np.inf, "0.1", None],
    "power_t": [np.nan, np.inf, None],
    "max_iter": [0, -1, 1.5, None],
    "tol": [-1, np.nan, "0"],
    "n_iter_no_change": [0, 1.5, None],
    "early_stopping": [2, "no", None],
    "validation_fraction": [0, 1, -0.5, None],
    "class_weight": ["even", 3, [1, 2]],
    "shuffle": ["yes", None],
    "warm_start": ["yes", None],
    "random_state": [-1, 2**32, 0.5, "0"],
    "verbose": [-1, "yes"],
}
# Errors that are no fault here: small data for early stopping, steps that the user has chosen.
EXPECTED = (
    "hold",
    "held out",
    "should be greater or equal to the number of classes",
    "the steps are too large",
    "one; got 1 class",
    "alpha must be > 0",
)
NAMES = {
    "ints": lambda codes: codes,
    "negative": lambda codes: 5 - 3 * codes,
    "floats": lambda codes: codes * 2.0,
    "strings": lambda codes: np.array(["zero", "one", "two", "a fourth"])[codes],
    "objects": lambda codes: np.array(["zero", "one", "two", "a fourth"], object)[codes],
    "list": lambda codes: codes.tolist(),
    "column of bytes": lambda codes: codes.astype(np.uint8),
}
TYPES = ["f8", "f8", "f8", "f4", "f4", "f2", "u1", "i2", "i8", "?"]


def pick(rng, values):
    """Draw one of some values of any type."""
    return values[rng.integers(len(values))]


class Broken(AssertionError):
    """A law that does not hold."""


def hold(law, message):
    if not law:
        raise Broken(message)


class Data:
    """Samples of one kind: width, classes, type and unit stay the same, rows come anew."""

    def __init__(self, rng):
        self.rng, self.width, self.n_classes = rng, int(rng.integers(1, 6)), int(rng.integers(2, 5))
        self.type, self.unit = pick(rng, TYPES), pick(rng, [1, 1, 1, 1e-3, 100, 1e6, 1e-9, 1e30])
        self.offset = pick(rng, [0, 0, 3, 1000])
        self.names = pick(rng, list(NAMES.values()))
        self.weights = rng.normal(size=(self.n_classes, self.width))

    def draw(self):
        """Return rows, labels, and weights of samples or None."""
        rng, n = self.rng, int(self.rng.integers(2 * self.n_classes, 40))
        X = rng.normal(size=(n, self.width))
        codes = (X @ self.weights.T + rng.gumbel(size=(n, self.n_classes))).argmax(axis=1)
        codes[: self.n_classes] = range(self.n_classes)
        if self.type[0] == "f":
            unit = 1 if self.type == "f2" else self.unit
            X = (unit * (X + self.offset)).astype(self.type)
        else:
            X = (10 * np.abs(X)).astype(self.type)
        if rng.random() < 0.1:
            X[:, 0] = X[0, 0]
        if rng.random() < 0.2:
            X = np.asfortranarray(X) if rng.random() < 0.5 else np.repeat(X, 2, axis=0)[::2]
        weights = [
            None, None, rng.uniform(0.1, 2, n), rng.integers(0, 3, n) + (codes == codes[0]),
            10.0 ** rng.uniform(-300, 300, n), 3, np.full(n, 1e308),
        ]  # fmt: skip
        return X, self.names(codes), pick(rng, weights)


def learnt(model):
    """Return all that a call may change, comparable by ==."""
    return repr({k: plain(v) for k, v in sorted(vars(model).items()) if "_" in (k[0], k[-1])})


def plain(value):
    """Return a value with bytes for arrays."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, np.ndarray) and value.dtype != object:
        return value.dtype.str, value.shape, value.tobytes()
    return value.tolist() if isinstance(value, np.ndarray) else value


def parameters(model):
    return {name: repr(value) for name, value in model.get_params().items()}


class Sequence:
    """A classifier, its data, and the calls that may come."""

    def __init__(self, seed):
        self.rng = rng = np.random.default_rng([seed, 28])
        self.Classifier = pick(rng, [LogisticClassifier, SoftmaxClassifier])
        self.data, self.log = Data(rng), []
        self.model = self.Classifier(random_state=0, max_iter=3).set_params(**self.settings(0.3))

    def settings(self, share):
        return {k: pick(self.rng, v) for k, v in VALID.items() if self.rng.random() < share}

    @property
    def begun(self):
        return hasattr(self.model, "coef_")

    def step(self):
        """Make a call, and hold it to its laws."""
        calls = [
            self.fit, self.fit, self.partial_fit, self.partial_fit, self.partial_fit,
            self.set_params, self.clone, self.wrong_parameter, self.wrong_input, self.interrupt,
        ]  # fmt: skip
        if self.begun:
            calls += [self.pickle, self.predict, self.predict, self.by_hand, self.objective]
            calls += [self.chunks]
        call = pick(self.rng, calls)
        self.log.append(call.__name__)
        with warnings.catch_warnings(record=True):
            warnings.simplefilter("error")
            warnings.simplefilter("always", ConvergenceWarning)
            call()

    # What may be called

    def arguments(self, method, X, y, weights):
        if method == "fit":
            return {"X": X, "y": y, "sample_weight": weights}
        classes = None
        if not self.begun or self.rng.random() < 0.3:
            classes = self.data.names(self.rng.permutation(self.data.n_classes))
        return {"X": X, "y": y, "classes": classes, "sample_weight": weights}

    def train(self, method, model=None, line=None, **arguments):
        """Call a method; return None, or the error that may come, after which all is as before.

        With `line` it is interrupted at that line.
        """
        model = self.model if model is None else model
        before, params = learnt(model), parameters(model)
        given = pickle.dumps(arguments)
        balanced = method == "partial_fit" and model.class_weight == "balanced"
        try:
            returned = interrupted_at(line, lambda: getattr(model, method)(**arguments))
            hold(returned is model, "does not return itself")
            hold(not balanced, "takes 'balanced'")
        except KeyboardInterrupt as interrupt:
            hold(learnt(model) == before, "an interrupted call has left something")
            return interrupt
        except ValueError as error:
            words = (*EXPECTED, "class_weight 'balanced'") if balanced else EXPECTED
            if not any(word in str(error) for word in words):
                raise
            hold(
                model.learning_rate != "auto" or "too large" not in str(error),
                f"'auto' overflows: {error}",
            )
            hold(learnt(model) == before, "a failed call has left something")
            return error
        finally:
            hold(parameters(model) == params, "parameters have changed")
            hold(pickle.dumps(arguments) == given, "arguments have changed")
        self.check_attributes(model, method)
        return None

    def check_attributes(self, model, method):
        n_outputs, d = self.data.n_classes, self.data.width
        if self.Classifier is LogisticClassifier and n_outputs == 2:
            n_outputs = 1
        hold(model.coef_.shape == (n_outputs, d), "shape of coef_")
        hold(model.intercept_.shape == (n_outputs,), "shape of intercept_")
        hold(np.isfinite(model.coef_).all() and np.isfinite(model.intercept_).all(), "not finite")
        hold(np.isfinite(model.loss_curve_).all(), "objective not finite")
        hold(model.n_features_in_ == d, "n_features_in_")
        hold(len(model.loss_curve_) == model.n_iter_ >= 1, "length of loss_curve_")
        labels = np.unique(self.data.names(np.arange(self.data.n_classes)))
        hold(np.array_equal(model.classes_, labels), f"classes_ {model.classes_}")
        if method == "fit":
            hold(model.n_iter_ <= model.max_iter, "too many epochs")
            scores = model.validation_scores_
            hold((scores is not None) == bool(model.early_stopping), "validation_scores_")
            hold(not scores or len(scores) == model.n_iter_, "length of validation_scores_")
            hold(not scores or 0 <= min(scores) <= max(scores) <= 1, "scores are accuracies")
        if not model.fit_intercept and not model.warm_start and method == "fit":
            hold(not model.intercept_.any(), "an intercept")

    def fit(self):
        X, y, weights = self.data.draw()
        fresh = not (self.model.warm_start and self.begun)
        failed = self.train("fit", **self.arguments("fit", X, y, weights))
        full = self.model.batch_size == "full" or self.model.batch_size >= len(X)
        if failed is None and fresh and full and not self.model.early_stopping:
            # at weights of 0 each probability is 1/K, or each of K is 1/2
            guess = np.log(self.data.n_classes)
            if self.Classifier is LogisticClassifier:
                guess = self.model.coef_.shape[0] * np.log(2)
            hold(abs(self.model.loss_curve_[0] / guess - 1) < 1e-6, "first objective")

    def partial_fit(self):
        X, y, weights = self.data.draw()
        kept = np.sort(self.rng.permutation(len(X))[: self.rng.integers(1, len(X) + 1)])
        y = [y[i] for i in kept] if isinstance(y, list) else y[kept]
        if np.ndim(weights):
            weights = weights[kept]
            if not weights.any():
                weights = None
        before = list(self.model.loss_curve_) if self.begun else []
        failed = self.train("partial_fit", **self.arguments("partial_fit", X[kept], y, weights))
        if failed is None:
            hold(self.model.loss_curve_[:-1] == before, "the curve does not go on")

    def set_params(self):
        settings = self.settings(0.15)
        before = learnt(self.model)
        self.model.set_params(**settings)
        hold(learnt(self.model) == before, "set_params has changed what was learnt")
        params = self.model.get_params()
        hold(all(params[name] is value for name, value in settings.items()), "not as set")

    def clone(self):
        """A clone that is fitted learns what the original does."""
        twin = clone(self.model)
        hold(parameters(twin) == parameters(self.model), "parameters of a clone")
        hold(learnt(twin) == learnt(self.Classifier()), "a clone is fitted")
        X, y, weights = self.data.draw()
        if self.model.warm_start:
            return
        arguments = self.arguments("fit", X, y, weights)
        failed, as_well = self.train("fit", **arguments), self.train("fit", twin, **arguments)
        hold(repr(failed) == repr(as_well), f"clone fails alone: {failed!r}, {as_well!r}")
        hold(failed or learnt(twin) == learnt(self.model), "a clone learns something else")

    def pickle(self):
        """What comes out of a file predicts the same, and goes on the same."""
        twin = pickle.loads(pickle.dumps(self.model))
        X, y, weights = self.data.draw()
        before = self.model.decision_function(X)
        hold(np.array_equal(twin.decision_function(X), before), "predicts something else")
        for method in ("partial_fit", pick(self.rng, ["partial_fit", "fit"])):
            arguments = self.arguments(method, X, y, weights)
            failed, as_well = self.train(method, **arguments), self.train(method, twin, **arguments)
            hold(repr(failed) == repr(as_well), f"fails alone: {failed!r}, {as_well!r}")
            hold(learnt(twin) == learnt(self.model), f"{method} goes on to something else")

    def chunks(self):
        """Batches that come one by one are as good as all at once, but for what "auto" looks at."""
        size, (X, y, _) = int(self.rng.integers(1, 9)), self.data.draw()
        rate = pick(self.rng, ["constant", "invscaling", "adaptive"])
        twins = copy.deepcopy(self.model), copy.deepcopy(self.model)
        for twin in twins:
            twin.set_params(learning_rate=rate, batch_size=size, shuffle=False, class_weight=None)
        whole, parts = twins
        if self.train("partial_fit", whole, X=X, y=y) is None:
            for start in range(0, len(X), size):
                part = slice(start, start + size)
                hold(self.train("partial_fit", parts, X=X[part], y=y[part]) is None, "part fails")
            hold(np.array_equal(whole.coef_, parts.coef_), "parts lead elsewhere")

    def predict(self):
        model, (X, y, weights) = self.model, self.data.draw()
        scores, predicted = model.decision_function(X), model.predict(X)
        K = self.data.n_classes
        hold(scores.shape == ((len(X),) if K == 2 else (len(X), K)), "shape of scores")
        hold(np.isfinite(scores).all(), "scores not finite")
        winners = (scores > 0).astype(int) if K == 2 else scores.argmax(axis=1)
        hold(np.array_equal(predicted, model.classes_[winners]), "not the highest score")
        P, logs = model.predict_proba(X), model.predict_log_proba(X)
        hold(P.shape == (len(X), K) and (P >= 0).all(), "probabilities")
        close = 1e-5 if P.dtype == np.float32 else 1e-12
        hold(np.allclose(P.sum(axis=1), 1, rtol=close), "do not sum to 1")
        hold(np.allclose(np.exp(logs), P, rtol=100 * close, atol=1e-37), "logarithms")
        chosen = P[np.arange(len(X)), winners]
        hold((chosen >= P.max(axis=1) * (1 - close)).all(), "not the likeliest class")
        each = [model.predict_proba(row[np.newaxis])[0] for row in X[:3]]
        hold(np.allclose(each, P[:3], rtol=1e4 * close, atol=close), "the other rows matter")
        right = np.asarray(y) == predicted
        hold(np.isclose(model.score(X, y), right.mean()), "score")
        if np.ndim(weights) and weights.max() < 1e300:
            score = model.score(X, y, weights)
            hold(np.isclose(score, right @ (weights / weights.sum())), "weighted score")

    def by_hand(self):
        """Weights that are set by hand predict; training goes on from them, at rest."""
        model = self.model
        kind = pick(self.rng, ["copy", "sparse", "zeros"])
        X, y, weights = self.data.draw()
        if kind == "copy":
            twin = copy.deepcopy(model)
            model.coef_, model.intercept_ = model.coef_.copy(), model.intercept_.tolist()
            arguments = self.arguments("partial_fit", X, y, weights)
            failed = self.train("partial_fit", **arguments)
            as_well = self.train("partial_fit", twin, **arguments)
            hold(repr(failed) == repr(as_well), "equal weights fail")
            if failed:
                model.intercept_ = np.asarray(model.intercept_)
            else:
                hold(np.array_equal(twin.coef_, model.coef_), "equal weights go on otherwise")
        elif kind == "sparse":
            scores = model.decision_function(X)
            sparse = model.sparsify().decision_function(X)
            close = 1e-3 if scores.dtype == np.float32 else 1e-6
            error = np.abs(sparse - scores).max()
            hold(error <= close * np.abs(scores).max(), f"sparse weights: {error}")
            model.densify()
            hold(np.array_equal(model.decision_function(X), scores), "densify")
        else:
            model.coef_ = np.zeros_like(model.coef_)
            model.intercept_ = np.zeros_like(model.intercept_)
            K = self.data.n_classes
            hold(np.allclose(model.predict_proba(X), 1 / K), "weights of zero")

    def objective(self):
        """The objective of a full batch is that of weights and samples, before the step."""
        model, (X, y, weights) = self.model, self.data.draw()
        W, b = model.coef_.astype(float), model.intercept_.astype(float)
        batch_size = model.batch_size
        if model._state["mean"] is not None:  # coef_ are not the weights of the moment
            return
        model.set_params(batch_size="full")
        failed = self.train("partial_fit", **self.arguments("partial_fit", X, y, weights))
        model.set_params(batch_size=batch_size)
        if failed:
            return
        w = np.ones(len(X)) if weights is None or not np.ndim(weights) else weights / weights.max()
        X = X.astype(float)
        Z = X @ W.T + b
        T = np.eye(self.data.n_classes)[np.searchsorted(model.classes_, y)]
        if self.Classifier is LogisticClassifier:
            T = T[:, -Z.shape[1] :]
            losses = np.where(T == 1, np.logaddexp(0, -Z), np.logaddexp(0, Z)).sum(axis=1)
        else:
            losses = np.logaddexp.reduce(Z, axis=1) - (T * Z).sum(axis=1)
        r = {"l2": 0, "l1": 1, None: 0}.get(model.penalty, model.l1_ratio)
        alpha = 0 if model.penalty is None else float(model.alpha)
        value = w @ losses / w.sum() + alpha * ((1 - r) / 2 * (W**2).sum() + r * np.abs(W).sum())
        close = 1e-9 if model.coef_.dtype == np.float64 else 1e-3
        size = 1 + np.abs(X).max() * np.abs(W).max()
        error = abs(model.loss_curve_[-1] - value)
        hold(error <= close * (abs(value) + size), f"objective {value}")

    # What is refused

    def wrong_parameter(self):
        """A parameter that is no good is named, and nothing else has happened."""
        name = pick(self.rng, list(INVALID))
        value, good = pick(self.rng, INVALID[name]), getattr(self.model, name)
        self.model.set_params(**{name: value})
        X, y, weights = self.data.draw()
        before, method = learnt(self.model), pick(self.rng, ["fit", "partial_fit"])
        try:
            getattr(self.model, method)(**self.arguments(method, X, y, weights))
        except ValueError as error:
            hold(f"'{name}'" in str(error) or f"`{name}`" in str(error), f"{name}: {error}")
        else:
            raise Broken(f"{name}={value!r} is taken")
        hold(learnt(self.model) == before, "a wrong parameter has changed something")
        self.model.set_params(**{name: good})

    def wrong_input(self):
        """Input that is no good is refused, and nothing else has happened."""
        X, y, weights = self.data.draw()
        method = pick(self.rng, ["fit", "partial_fit"])
        arguments = self.arguments(method, X, y, weights)
        n, where = len(X), self.rng.integers(len(X))
        odd = X.astype(float)
        odd[where, 0] = pick(self.rng, [np.nan, np.inf, -np.inf])
        wrong_weights = np.where(np.arange(n) == where, pick(self.rng, [-1, np.nan, np.inf]), 1)
        unknown = np.full(n, "unseen" if np.asarray(y).dtype.kind in "OU" else 10**6)
        faults = {
            "X": [odd, X[:-1], X[0], X + 0j, X.astype(str).astype(object) + "x", None, X[:0]],
            "y": [y[:-1], [[0, 1, 2]] * (n + 1), None, np.full(n, np.nan), unknown, 3],
            "sample_weight": [wrong_weights, np.zeros(n), np.ones(n - 1), "balanced", -1],
        }
        if method == "partial_fit" or (self.model.warm_start and self.begun):
            faults["X"] += [np.c_[X, X]] if self.begun else []
        name = pick(self.rng, list(faults))
        arguments[name] = pick(self.rng, faults[name])
        before = learnt(self.model)
        try:
            getattr(self.model, method)(**arguments)
        except (ValueError, TypeError) as error:
            hold(len(str(error)) > 15, f"says nothing: {error!r}")
        else:
            raise Broken(f"{method} takes {name}={arguments[name]!r}")
        hold(learnt(self.model) == before, f"{name} has changed something")

    def interrupt(self):
        """Ctrl-C at some line: all is as before, or training has ended well."""
        X, y, weights = self.data.draw()
        method = pick(self.rng, ["fit", "partial_fit"])
        line = int(10 ** self.rng.uniform(0, 3.5))
        self.train(method, line=line, **self.arguments(method, X, y, weights))


def interrupted_at(line, call):
    """Make a call that is interrupted at a line of the package, if it runs so many; None: never."""
    if line is None:
        return call()
    lines = count(1)

    def trace(frame, event, argument):
        if not frame.f_globals.get("__name__", "").startswith("scratch."):
            return None
        if event == "line" and next(lines) == line:
            raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        return call()
    finally:
        sys.settrace(before)


def run(seed, n_calls=12):
    """Make a sequence of calls; a failure says which."""
    sequence = Sequence(seed)
    for _ in range(n_calls):
        try:
            sequence.step()
        except Exception as error:
            model = sequence.model
            how = f"{type(model).__name__} {parameters(model)}"
            error.add_note(f"seed {seed}: {sequence.log} {how}")
            raise


def search(n_calls, first_seed=0):
    """Print the sequences that break a law."""
    n_sequences, n_found = -(-n_calls // 12), 0
    for seed in range(first_seed, first_seed + n_sequences):
        try:
            run(seed)
        except Exception as error:
            n_found += 1
            frame = traceback.extract_tb(error.__traceback__)[-1]
            text = f"{type(error).__name__} {error} ({frame.name}:{frame.lineno})"
            print(" ".join(text.split())[:300], error.__notes__[0][:150], flush=True)
    print(f"{12 * n_sequences} calls from seed {first_seed} on, {n_found} sequences break a law")


if __name__ == "__main__":
    search(*map(int, sys.argv[1:]))
