"""Two corpora that need no network: the documentation and the code of the installed packages.

Files are parsed, and never imported. All documents of a file are on one side of the split: those of
one file are alike.
"""

import ast
import sysconfig
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

_SHORTEST = 100  # characters of a document
_FEWEST = 50  # documents of a class


@dataclass(frozen=True)
class Corpus:
    """TF-IDF of words and pairs of words, as CSR matrices of float32; y are codes."""

    name: str
    X: object  # (n_documents, n_terms)
    y: np.ndarray  # (n_documents,)
    held_out: np.ndarray  # (n_documents,), bool: what settings are chosen by
    X_test: object
    y_test: np.ndarray
    labels: np.ndarray  # (n_classes,)

    @property
    def what(self):
        """Its size in words."""
        n, d = self.X.shape
        return (
            f"{self.name}: {n:,} documents ({len(self.y_test):,} for the test), {d:,} terms,"
            f" {self.X.nnz / n:.0f} in a document, {len(self.labels)} classes"
        )

    def choosing(self):
        """The training set without what is held out, and that in place of the test set."""
        rest, held_out = ~self.held_out, self.held_out
        return SimpleNamespace(
            X=self.X[rest], y=self.y[rest], X_test=self.X[held_out], y_test=self.y[held_out]
        )


@dataclass(frozen=True)
class Recipe:
    """How a corpus is made of Python files."""

    depth: int  # folders below site-packages that make a class
    documents: Callable  # of the syntax tree of a file


def docstrings(tree):
    """The documentation of a module, its classes and functions, without the examples' code."""
    documented = ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef
    for node in ast.walk(tree):
        if isinstance(node, documented) and (text := ast.get_docstring(node)):
            lines = [line for line in text.split("\n") if ">>>" not in line]
            yield "\n".join(lines)


def bodies(tree):
    """The functions' code, without their documentation."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and len(node.body) > 5:
            documented = ast.get_docstring(node, clean=False) is not None
            yield "\n".join(map(ast.unparse, node.body[documented:]))


RECIPES = {
    "docstrings by package": Recipe(1, docstrings),
    "functions by subpackage": Recipe(2, bodies),
}


def make(name, quick=False):
    """A corpus by its name: of the folders with the most files, with `quick` of few."""
    recipe = RECIPES[name]
    n_classes, n_files, most = (4, 20, 200) if quick else (20, 250, 1000)
    texts, labels, files = [], [], []
    for label, paths in _folders(recipe.depth, n_classes):
        found = {}  # text: file; a text that comes twice counts once
        for path in paths[:: -(-len(paths) // n_files)]:
            for text in recipe.documents(_parsed(path)):
                if len(text) > _SHORTEST:
                    found.setdefault(text, str(path))
        if len(found) >= _FEWEST:
            chosen = list(found.items())[:: -(-len(found) // most)]
            texts += [text for text, _ in chosen]
            files += [file for _, file in chosen]
            labels += [label] * len(chosen)
    names = {part for label in labels for part in label.lower().split(".")}
    sides = _sides(files)
    vectorizer = TfidfVectorizer(
        ngram_range=(1, 2), min_df=2, sublinear_tf=True, dtype=np.float32, stop_words=sorted(names)
    )
    train = sides > 0
    X = vectorizer.fit_transform([text for text, side in zip(texts, train, strict=True) if side])
    X_test = vectorizer.transform([t for t, side in zip(texts, train, strict=True) if not side])
    labels, y = np.unique(labels, return_inverse=True)
    return Corpus(name, X, y[train], sides[train] == 1, X_test, y[~train], labels)


def _folders(depth, n):
    """Pairs of name and files: the n folders with the most Python files, tests left out."""
    root = Path(sysconfig.get_paths()["purelib"])
    folders = {}
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).parts
        if len(parts) > depth and not any("test" in part or "vendor" in part for part in parts):
            folders.setdefault(".".join(parts[:depth]), []).append(path)
    sizes = Counter({name: len(paths) for name, paths in folders.items()})
    return [(name, folders[name]) for name, _ in sizes.most_common(n)]


def _sides(files):
    """Of each document 0 (test), 1 (held out) or 2, the same for all of a file."""
    names = sorted(set(files))
    sides = np.minimum(np.random.default_rng(0).permutation(len(names)) % 6, 2)
    return sides[np.searchsorted(names, files)]


def _parsed(path):
    """The syntax tree of a file; an empty one where it is no Python of this version."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of other people's escapes
        try:
            return ast.parse(path.read_text("utf-8"))
        except (SyntaxError, ValueError):
            return ast.Module([], [])
