"""The code that a notebook's parts run, each a `string.Template`.

The test set is a pair of names of its own, and only the last part uses them.
"""

LOADING = {
    "digits": """from scratch.datasets import load_digits
from sklearn.model_selection import train_test_split

X, y = load_digits()
X = X.astype(np.float32) / 16
seed = {"random_state": $seed}
X, X_test, y, y_test = train_test_split(X, y, test_size=0.25, stratify=y, **seed)
rows, _ = train_test_split(
    np.arange(len(y)), test_size=round((len(y) + len(y_test)) / 5), stratify=y, **seed
)
trains = np.isin(np.arange(len(y)), rows)""",
    "mnist": """from scratch.datasets import load_mnist

X, y = load_mnist()
X = X.astype(np.float32) / np.float32(255)
X, X_test, y, y_test = X[:60_000], X[60_000:], y[:60_000], y[60_000:]
trains = np.arange(60_000) < 50_000""",
}

IMPORTS = """%matplotlib inline
import matplotlib.pyplot as plt
import numpy as np"""

CELLS = {
    "part1": """$loading
X_train, y_train = X[trains], y[trains]
X_validation, y_validation = X[~trains], y[~trains]


def show(pictures, labels, **colours):
    side = int(np.sqrt(pictures.shape[1]))
    figure, axes = plt.subplots(2, 5, figsize=(8, 4))
    for axis, picture, label in zip(axes.flat, pictures, labels):
        axis.imshow(picture.reshape(side, side), **(colours or {"cmap": "gray_r"}))
        axis.set_title(label)
        axis.set_axis_off()


show(X_train[:10], y_train[:10])
print("to train", X_train.shape, "to validate", X_validation.shape)""",
    "part2": """outcomes = np.array([1, 0, 0, 1])
for kind, p in {"good": [0.9, 0.2, 0.01, 0.7], "awful": [0.1, 0.85, 0.99, 0.85]}.items():
    p = np.array(p)
    print(kind, round(binary_cross_entropy(np.log(p / (1 - p)), outcomes), 5))

p = np.linspace(0.005, 0.995, 199)
plt.plot(p, -np.log(p), label="the truth is 1")
plt.plot(p, -np.log(1 - p), "--", label="the truth is 0")
plt.xlabel("probability p of 1")
plt.ylabel("loss (nats)")
plt.legend();""",
    "part3": """# p - y, checked by central differences
z, truth = np.array([-2.0, 0.7, 3.0]), np.array([0, 1, 0])
by_formula = binary_cross_entropy_gradient(z, truth)
by_differences = numerical_gradient(lambda z: binary_cross_entropy(z, truth), z)
print("largest difference", np.abs(by_formula - by_differences).max())

is_digit = (y_train == "$digit").astype(int)
is_digit_validation = (y_validation == "$digit").astype(int)
w, b = fit_logistic(
    X_train.astype(float), is_digit,
    eta=$eta, batch_size=$batch_size, n_epochs=$n_epochs, rng=np.random.default_rng($seed),
)
loss = binary_cross_entropy(linear_scores(X_validation.astype(float), w, b), is_digit_validation)
print("the textbook's loop: loss on the validation set", round(loss, 5))

from scratch.linear_model import LogisticClassifier

classifier = $binary
classifier.fit(X_train, is_digit)
scores = classifier.decision_function(X_validation.astype(float))
loss = binary_cross_entropy(scores, is_digit_validation)
print("the library: loss on the validation set", round(loss, 5))""",
    "part4": """# one pixel, is it a 1 or a 0: the same valley, with and without momentum
chosen = np.isin(y_train, ["0", "1"])
x, truth = X_train[chosen][:, $pixel].astype(float), (y_train[chosen] == "1").astype(int)
rows = np.column_stack([x, np.ones_like(x)])
for eta, momentum in [($eta_small, 0), ($eta_middle, 0), ($eta_large, 0), ($eta_small, 0.9)]:
    weights, velocity = np.array($start), np.zeros(2)
    for _ in range(100):
        gradient = binary_cross_entropy_gradient(rows @ weights, truth) @ rows
        weights, velocity = momentum_step(weights, velocity, gradient, eta, momentum)
    loss = binary_cross_entropy(rows @ weights, truth)
    print(f"η = {eta}, momentum {momentum}: loss {loss:.3f}")""",
    "part5": """said = predict(scores)
print(f"validation accuracy {accuracy(is_digit_validation, said):.2%}")
print(f"who never says $digit: {accuracy(is_digit_validation, np.zeros_like(said)):.2%}")
C = confusion_matrix(is_digit_validation, said, 2)
precision, recall, f1 = precision_recall_f1(C)
print(C)
print(f"precision {precision[1]:.2%}, recall {recall[1]:.2%}, F1 {f1[1]:.2%}")
macro, micro, weighted = averages(C)
print(f"recall: macro {macro[1]:.2%}, micro {micro[1]:.2%}, weighted {weighted[1]:.2%}")
print(f"area under the ROC curve {roc_auc(is_digit_validation, scores):.4f}")
print("cheapest at ten to one:", threshold_of_least_cost(is_digit_validation, scores, 10, 1))

precisions, recalls, thresholds = precision_recall_curve(is_digit_validation, scores)
plt.plot(recalls, precisions)
plt.xlabel("recall")
plt.ylabel("precision");""",
    "part6": """from scratch.linear_model import SoftmaxClassifier

digits = np.unique(y_train)
target, target_validation = np.searchsorted(digits, y_train), np.searchsorted(digits, y_validation)

# The textbook's loop, and the library's: the same step, with momentum and a rate of its own choice.
W, b = fit_softmax(
    X_train.astype(float), target, 10,
    eta=0.5, alpha=0.0, batch_size=$batch_size, n_epochs=$epochs, rng=np.random.default_rng($seed),
)
said = predict(linear_scores(X_validation, W, b))
print(f"the textbook's loop: {accuracy(target_validation, said):.2%}")

classifier = SoftmaxClassifier(batch_size=$batch_size, random_state=$seed)
losses = []
for epoch in range($epochs):
    classifier.partial_fit(X_train, y_train, classes=digits)
    parts = ((X_train, target), (X_validation, target_validation))
    losses.append([cross_entropy(classifier.decision_function(X), t) for X, t in parts])
said = np.searchsorted(digits, classifier.predict(X_validation))
print(f"the library: {accuracy(target_validation, said):.2%}")
print(confusion_matrix(target_validation, said, 10))

plt.semilogy(losses, label=["training set", "validation set"])
plt.xlabel("epoch")
plt.ylabel("cross-entropy (nats)")
plt.legend()
largest = np.abs(classifier.coef_).max()
show(classifier.coef_, digits, cmap="RdBu", vmin=-largest, vmax=largest)""",
    "part7": """P = classifier.predict_proba(X_validation)
right = (P.argmax(axis=1) == target_validation).astype(int)
sure, share, counts = reliability(right, P.max(axis=1))
for bin_ in np.flatnonzero(counts):
    print(f"{sure[bin_]:.2f} sure, {share[bin_]:.2f} right, of {counts[bin_]}")
kept, ended = early_stopping(np.array(losses)[:, 1], patience=5)
print("early stopping keeps epoch", kept + 1, "and ends after epoch", ended + 1)""",
    "part8": """# Everything is chosen. Both sets train, and the test set is opened, once.
classifier = SoftmaxClassifier(batch_size=$batch_size, random_state=$seed)
for epoch in range($epochs):
    classifier.partial_fit(X, y, classes=digits)
said = classifier.predict(X_test.astype(float))
target_test = np.searchsorted(digits, y_test)
C = confusion_matrix(target_test, np.searchsorted(digits, said), 10)
print(f"test accuracy {accuracy(y_test, said):.2%}")
print(C)
print("log loss", round(log_loss(target_test, classifier.predict_proba(X_test)), 5))""",
}
