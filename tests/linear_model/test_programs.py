"""After `sklearn` becomes `scratch` in an import, a program prints the same characters."""

import contextlib
import io

import pytest

PROGRAMS = {
    "a search over losses": """
from sklearn.datasets import load_breast_cancer
from {library}.linear_model import SGDClassifier
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

X, y = (part[::2] for part in load_breast_cancer(return_X_y=True))
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = make_pipeline(StandardScaler(), SGDClassifier({loss}random_state=0))
grid = {{"sgdclassifier__alpha": [1e-4, 1e-2], "sgdclassifier__penalty": ["l2", "l1"]}}
search = GridSearchCV(model, grid, cv=3).fit(X_train, y_train)
print(search.best_params_, search.cv_results_["mean_test_score"])
print(search.score(X_test, y_test), search.best_estimator_[-1].coef_.round(6))
print(model)
""",
    "lines between three classes": """
import numpy as np
from sklearn.datasets import load_iris
from {library}.linear_model import SGDClassifier

X, y = load_iris(return_X_y=True)
X = X[:, :2]
order = np.random.RandomState(13).permutation(len(X))
X, y = X[order], y[order]
X = (X - X.mean(axis=0)) / X.std(axis=0)
model = SGDClassifier({loss}alpha=0.001, max_iter=100, random_state=13).fit(X, y)
x_grid, y_grid = np.meshgrid(np.linspace(-2, 2, 9), np.linspace(-2, 2, 5))
print(model.predict(np.c_[x_grid.ravel(), y_grid.ravel()]).reshape(x_grid.shape))
for k, color in zip(model.classes_, "byr"):
    a, b = model.coef_[k]
    print(color, "%.4f * x + %.4f * y + %.4f = 0" % (a, b, model.intercept_[k]), model.n_iter_)
print(hasattr(model, "predict_proba"))
""",
    "a stream of texts": """
import inspect
import numpy as np
import sklearn.cluster, sklearn.linear_model
from sklearn.feature_extraction.text import HashingVectorizer
from {library}.linear_model import Perceptron, SGDClassifier
from sklearn.metrics import classification_report

texts, owners = [], []
for owner, module in enumerate((sklearn.cluster, sklearn.linear_model)):
    for name in module.__all__[:12]:
        found = [line for line in inspect.getdoc(getattr(module, name)).split("\\n") if line]
        texts, owners = texts + found, owners + [owner] * len(found)
owners = np.array(owners)
X = HashingVectorizer(n_features=2**10).transform(texts)
models = {{"sgd": SGDClassifier({loss}random_state=1), "perceptron": Perceptron(tol=1e-3)}}
for name, model in models.items():
    for chunk in np.array_split(np.random.RandomState(0).permutation(len(owners)), 5):
        model.partial_fit(X[chunk], owners[chunk], classes=[0, 1])
        print(name, model.t_, "%.4f" % model.score(X, owners))
    print(classification_report(owners, model.predict(X)))
""",
}


def printed(program, library, loss):
    """All that a program prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program.format(library=library, loss=loss), "program", "exec"), {})
    return out.getvalue()


@pytest.mark.parametrize("loss", ["", 'loss="log_loss", '], ids=["default", "log loss"])
@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_the_same_output(program, loss):
    theirs = printed(program, "sklearn", loss)
    assert len(theirs) > 100
    assert printed(program, "scratch", loss) == theirs
