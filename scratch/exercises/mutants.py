"""Slips that need not be written down: the textbook's code with one thing changed.

A rule is a pattern, its replacement and a sentence. A single letter in a pattern stands for any
expression, or for any method's name; in the sentence it is what stood there.
"""

import ast
import inspect
from copy import deepcopy
from functools import cache

from scratch import textbook

RULES = """
a + b => a => {b} is missing: it is added to {a}.
a + b => b => {a} is missing: it is added to {b}.
a + b => a - b => {b} is subtracted: it is added to {a}.
a - b => a => {b} is missing: it is subtracted from {a}.
a - b => b => {a} is missing: {b} is subtracted from it.
a - b => a + b => {b} is added: it is subtracted from {a}.
a - b => b - a => The sign is the wrong way round: {a} less {b}.
-a => a => The minus sign is missing: -{a}.
(a - b) / c => a - b / c => Only {b} is divided by {c}: brackets around {a} - {b}.
(a - b) / c => a / c - b => Only {a} is divided by {c}: brackets around {a} - {b}.
(a + b) / c => a + b / c => Only {b} is divided by {c}: brackets around {a} + {b}.
a * (b - c) => a * b - c => Only {b} is multiplied by {a}: brackets around {b} - {c}.
a * (b + c) => a * b + c => Only {b} is multiplied by {a}: brackets around {b} + {c}.
a / b => a => It is not divided by {b}.
a / b => a * b => Multiplied by {b}: divide.
a / b => a / b / b => Divided by {b} twice.
a / b => b / a => Upside down: {a} divided by {b}.
a / b => 1 / b => The numerator is {a}.
a * b => a => The factor {b} is missing.
a * b => b => The factor {a} is missing.
a * b => a / b => Divided by {b}: multiply.
a * b => a + b => {b} is added to {a}: multiply.
a ** b => a => It is not raised to the power {b}: {a} ** {b}.
a ** b => a * b => * multiplies: {a} to the power of {b} is {a} ** {b}.
a @ b => b @ a => The product is the other way round: {a} @ {b}.
a @ b => a * b => * multiplies entry by entry: {a} @ {b}.
a @ b.T => a @ b => The shapes do not fit: {a} @ {b}.T.
a.T @ b => a @ b => The shapes do not fit: {a}.T @ {b}.
a.m(axis=b) => a.m() => It runs over the whole array: axis={b}.
a.m(axis=0) => a.m(axis=1) => It runs along the rows: over the samples, axis=0.
a.m(axis=1) => a.m(axis=0) => It runs over the samples: along each row, axis=1.
a.m(axis=b, keepdims=True) => a.m(axis=b) => Without keepdims=True what each row gives is (n,), a row.
a.m(axis=1, keepdims=True) => a.m(axis=0, keepdims=True) => It runs over the samples: axis=1.
a.m(axis=b, keepdims=True) => a.m() => It runs over the whole array: axis={b}.
a.m(b, axis=1) => a.m(b) => Without axis it runs over the samples: axis=1.
a.m(b, axis=1) => a.m(b, axis=0) => It runs over the samples: axis=1.
a.sum(axis=b) => a.mean(axis=b) => A mean: a sum is asked for.
a.sum(axis=b) => a => The sum is missing: {a}.sum(axis={b}).
a.mean(axis=b) => a.sum(axis=b) => A sum: a mean is asked for.
a.mean(axis=b) => 0 => The mean is not subtracted.
a.sum() => a.mean() => A mean: a sum is asked for.
a.sum() => a => The sum is missing.
np.sum(a) => np.mean(a) => A mean: a sum is asked for.
np.sum(a) => a => The sum is missing: one number is asked for.
np.sum(a) => np.sum(a, axis=0) => The sum runs over one axis only.
np.mean(a) => np.sum(a) => The sum over the samples: the mean is asked for.
np.mean(a) => a => The numbers come one by one: their mean is asked for.
np.mean(a) => a[0] => Only the first sample counts: is the return inside the loop?
np.mean(a) => a[-1] => Only the last sample counts: add up in the loop.
np.mean(a) => a[0] / len(a) => Only the first sample is counted: is the return inside the loop?
a.std(axis=b) => a.var(axis=b) => Divided by the variance: the deviation is its square root, .std().
a.std(axis=b) => a.std(axis=b, ddof=1) => The deviation has n in its denominator, not n - 1.
np.exp(a) => a => exp is missing.
np.exp(a) => 2.0 ** a => A power of 2: np.exp is a power of e.
np.exp(a) => 10.0 ** a => A power of 10: np.exp is a power of e.
np.log(a) => a => The logarithm is missing.
np.abs(a) => a => {a} is needed without its sign: np.abs.
np.maximum(a, b) => a => Where {a} is 0, so is the numerator: divide by at least {b}, np.maximum.
np.maximum(a, b) => a + b => {b} is added to {a}: np.maximum makes it at least {b}.
np.minimum(a, b) => a => {a} can be above {b}: np.minimum(..., {b}).
np.where(a, b, c) => b => Every entry gets {b}, also where {a} does not hold: there it is {c}.
np.where(a, b, c) => c => Every entry gets {c}, also where {a}: there it is {b}.
np.where(a, b, c) => np.where(a, c, b) => Exchanged: {b} where {a}, else {c}.
np.append(a, b) => np.append(b, a) => In another order: {a} first, then {b}.
np.append(a, b) => a => {b} is missing, after {a}.
np.append(a, b) => b => {a} is missing, before {b}.
np.clip(a, b, c) => a => Not clipped to [{b}, {c}].
np.clip(a, b, c) => np.maximum(a, b) => Clipped from below only: to [{b}, {c}].
a > b => a >= b => Equality does not count: {a} > {b}.
a > b => a < b => The wrong way round: {a} > {b}.
a >= b => a < b => The wrong way round: {a} >= {b}.
a < b => a <= b => Equality does not count: {a} < {b}.
a < b => a > b => The wrong way round: {a} < {b}.
a == b => a != b => The wrong way round: equal, not different ({a} == {b}).
a == b => a - b => The difference is taken: compare, {a} == {b}.
a.argmax() => a.argmin() => The lowest: argmax takes the highest.
a.argmin() => a.argmax() => The highest: argmin takes the lowest.
a.argmax(axis=1) => a.argmin(axis=1) => The lowest: argmax takes the highest.
a.argmax(axis=1) => a.max(axis=1) => max gives the number itself, argmax its place.
b[a.argmax()] => a.argmax() => A place comes out: {b} at that place.
b[a.argmin()] => a.argmin() => A place comes out: {b} at that place.
b[a.argmax()] => a.max() => The highest of {a} comes out: {b} at its place.
b[a.argmin()] => a.min() => The least of {a} comes out: {b} at its place.
a[::-1] => a => In the reverse order: {a}[::-1].
a[b] => a => {a} as a whole: {a}[{b}].
a if b else c => a => As if there were no case but {b}.
a if b else c => c => As if {b} were never the case.
a.astype(b) => a => The type is not that of {b}: .astype({b}).
float(a) => [a] => One number: not an array of it.
range(a) => range(a - 1) => One time too few: range({a}) has {a} of them.
range(a) => range(a + 1) => One time too many: range({a}) has {a} of them.
range(a) => range(1) => Only the first: is the return inside the loop?
range(a) => range(0) => Nothing happens in the loop: is what it computes kept?
f(a, b) => f(b, a) => Exchanged: {a} comes before {b} in {f}.
f(a, b, c) => f(b, a, c) => Exchanged: {a} comes before {b} in {f}.
f(a, b, c) => f(a, c, b) => Exchanged: {b} comes before {c} in {f}.
"""


@cache
def rules():
    """Pattern, replacement and sentence of each rule."""
    found = []
    for line in RULES.strip().splitlines():
        pattern, new, sentence = line.split(" => ")
        found.append((expression(pattern), expression(new), sentence))
    return found


def expression(source):
    return ast.parse(source, mode="eval").body


def matches(pattern, node, bound):
    """Whether a node has the form of a pattern; `bound` takes up what its letters stand for."""
    if isinstance(pattern, ast.Name) and len(pattern.id) == 1:
        bound[pattern.id] = node
        return isinstance(node, ast.expr)
    if isinstance(pattern, str) and len(pattern) == 1:
        bound[pattern] = node
        return True
    if isinstance(pattern, list):
        return len(pattern) == len(node) and all(map(matches, pattern, node, [bound] * len(node)))
    if not isinstance(pattern, ast.AST):
        return pattern == node
    return type(pattern) is type(node) and all(
        matches(getattr(pattern, field), getattr(node, field), bound)
        for field in pattern._fields
        if field != "ctx"
    )


class Filled(ast.NodeTransformer):
    """A replacement, with what the letters of its pattern stand for."""

    def __init__(self, bound):
        self.bound = bound

    def visit_Name(self, node):
        return deepcopy(self.bound.get(node.id, node))

    def visit_Attribute(self, node):
        self.generic_visit(node)
        node.attr = self.bound.get(node.attr, node.attr)
        return node


def places(tree):
    """Every expression of a tree, and a function that puts another into its place."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if isinstance(value, ast.expr) and is_read(value):
                yield value, lambda new, p=parent, f=field: setattr(p, f, new)
            elif isinstance(value, list):
                for i, node in enumerate(value):
                    if isinstance(node, ast.expr) and is_read(node):
                        yield node, lambda new, v=value, i=i: v.__setitem__(i, new)


def is_read(node):
    return isinstance(getattr(node, "ctx", ast.Load()), ast.Load)


def changes(node, parameters):
    """What may stand in the place of an expression, each with its sentence."""
    for pattern, new, sentence in rules():
        bound = {}
        if matches(pattern, node, bound):
            said = {k: v if isinstance(v, str) else ast.unparse(v) for k, v in bound.items()}
            yield Filled(bound).visit(deepcopy(new)), sentence.format(**said)
    if isinstance(node, ast.Name) and node.id in parameters:
        for other in parameters:
            if other != node.id:
                yield ast.Name(other, ast.Load()), f"{other} stands where {node.id} should."
    if isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Name):
        if hasattr(textbook, node.func.id):
            name = node.func.id
            for argument in node.args:
                yield argument, f"{name} is missing: {ast.unparse(node)}."
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load):
        yield from of_results(node.elts)


RESULTS = ("first", "second", "third")


def of_results(parts):
    """Several results in another order, or one missing."""
    for i, part in enumerate(parts):
        rest = parts[:i] + parts[i + 1 :]
        yield (
            ast.Tuple(rest, ast.Load()) if len(rest) > 1 else rest[0],
            f"The {RESULTS[i]} result is missing: {ast.unparse(part)}.",
        )
        for j in range(i):
            swapped = list(parts)
            swapped[i], swapped[j] = parts[j], parts[i]
            sentence = f"The {RESULTS[j]} result and the {RESULTS[i]} are exchanged."
            yield ast.Tuple(swapped, ast.Load()), sentence


@cache
def mutants(name):
    """Pairs of a function and a sentence: the textbook's function with one thing changed."""
    tree = ast.parse(inspect.getsource(getattr(textbook, name)))
    definition = tree.body[0]
    definition.body = definition.body[1:]  # without its docstring
    parameters = [a.arg for a in (*definition.args.args, *definition.args.kwonlyargs)]
    found = []
    for code, sentence in changed_in_one_place(tree, parameters):
        scope = dict(vars(textbook))
        exec(code, scope)
        found.append((scope[name], sentence))
    return found


def changed_in_one_place(tree, parameters):
    """Pairs of code and a sentence."""
    found = []
    for node, put in list(places(tree)):
        for new, sentence in changes(node, parameters):
            put(new)
            found.append((compile(ast.fix_missing_locations(deepcopy(tree)), "", "exec"), sentence))
            put(node)
    return found
