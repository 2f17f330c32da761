"""The code that a notebook's sections run, each a `string.Template`."""

LOADING = {
    "digits": """from scratch.datasets import load_digits
from sklearn.model_selection import train_test_split

X, y = load_digits()
X = X.astype(np.float32) / 16
X_train, X_test, y_train, y_test = train_test_split(
    X, y, test_size=0.25, random_state=$seed, stratify=y
)""",
    "mnist": """from scratch.datasets import load_mnist

X, y = load_mnist()
X = X.astype(np.float32) / np.float32(255)
X_train, X_test, y_train, y_test = X[:60_000], X[60_000:], y[:60_000], y[60_000:]""",
}

CELLS = {
    "data": """%matplotlib inline
import matplotlib.pyplot as plt
import numpy as np
$loading


def show(pictures, labels, **colours):
    side = int(np.sqrt(pictures.shape[1]))
    figure, axes = plt.subplots(2, 5, figsize=(8, 4))
    for axis, picture, label in zip(axes.flat, pictures, labels):
        axis.imshow(picture.reshape(side, side), **(colours or {"cmap": "gray_r"}))
        axis.set_title(label)
        axis.set_axis_off()


show(X[:10], y[:10])
print("to train", X_train.shape, "to test", X_test.shape)""",
    "loss": """outcomes = np.array([1, 0, 0, 1])
for kind, p in {"good": [0.9, 0.2, 0.01, 0.7], "awful": [0.1, 0.85, 0.99, 0.85]}.items():
    p = np.array(p)
    print(kind, round(binary_cross_entropy(np.log(p / (1 - p)), outcomes), 5))

p = np.linspace(0.005, 0.995, 199)
plt.plot(p, -np.log(p), label="the truth is 1")
plt.plot(p, -np.log(1 - p), "--", label="the truth is 0")
plt.xlabel("forecast probability of 1")
plt.ylabel("loss (nats)")
plt.legend();""",
    "training": """from scratch.linear_model import LogisticClassifier

is_digit_train, is_digit_test = (y_train == "$digit").astype(int), (y_test == "$digit").astype(int)
classifier = $binary
classifier.fit(X_train, is_digit_train)
scores = classifier.decision_function(X_test).astype(float)
print("log loss on the test set:", round(binary_cross_entropy(scores, is_digit_test), 5))""",
    "accuracy": """said = (scores > 0).astype(int)
print(f"test accuracy {accuracy(is_digit_test, said):.2%}")
print(f"who never says $digit: {accuracy(is_digit_test, np.zeros_like(said)):.2%}")""",
    "errors": """C = confusion_matrix(is_digit_test, said, 2)
precision, recall, f1 = precision_recall_f1(C)
print(C)
print(f"precision {precision[1]:.2%}, recall {recall[1]:.2%}, F1 {f1[1]:.2%}")

precisions, recalls, thresholds = precision_recall_curve(is_digit_test, scores)
print(f"area under the ROC curve {roc_auc(is_digit_test, scores):.4f}")
plt.plot(recalls, precisions)
plt.xlabel("recall")
plt.ylabel("precision");""",
    "ten": """from scratch.linear_model import SoftmaxClassifier

digits = np.unique(y_train)
target_train, target_test = np.searchsorted(digits, y_train), np.searchsorted(digits, y_test)

# The textbook's loop, and the library's: the same step, with momentum and a rate of its own choice.
W, b = fit_softmax(
    X_train.astype(float), target_train, 10,
    eta=0.5, alpha=1e-4, batch_size=$batch_size, n_epochs=$epochs, rng=np.random.default_rng($seed),
)
said = (X_test @ W.T + b).argmax(axis=1)
print(f"the textbook's loop: test accuracy {accuracy(target_test, said):.2%}")

classifier = SoftmaxClassifier(batch_size=$batch_size, random_state=$seed)
losses = []
for epoch in range($epochs):
    classifier.partial_fit(X_train, y_train, classes=digits)
    parts = ((X_train, target_train), (X_test, target_test))
    losses.append([cross_entropy(classifier.decision_function(X), t) for X, t in parts])
said = np.searchsorted(digits, classifier.predict(X_test))
print(f"the library: test accuracy {accuracy(target_test, said):.2%}")
print(confusion_matrix(target_test, said, 10))

plt.semilogy(losses, label=["training set", "test set"])
plt.xlabel("epoch")
plt.ylabel("cross-entropy (nats)")
plt.legend()
largest = np.abs(classifier.coef_).max()
show(classifier.coef_, digits, cmap="RdBu", vmin=-largest, vmax=largest)""",
}
