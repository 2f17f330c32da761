"""Slips that need not be written down: the textbook's code with one thing changed.

A rule is a pattern, its replacement and a sentence. A single letter in a pattern stands for any
expression, or for any method's name; in the sentence it is what stood there.
"""

import ast
import inspect
from copy import deepcopy
from functools import cache
from itertools import pairwise
from types import FunctionType

from scratch import textbook
from scratch.exercises.changes import table
from scratch.exercises.expressions import assigned

BOOK = {name: f for name, f in vars(textbook).items() if inspect.isfunction(f)}
PAIRS = ("X", "X_train"), ("y_true", "y_pred"), ("eta", "alpha"), ("w", "v"), ("tp", "fp")
PAIRS += (("cost_of_miss", "cost_of_false_alarm"),)
EXCHANGED = dict(PAIRS) | {second: first for first, second in PAIRS}

#: How a sentence begins that blames a function which the exercise's own calls.
BLAMED = "In what {} gives:"

RULES = table("""
a[b, c] => a[c] => {a}[{c}] takes whole rows: {a}[{b}, {c}] takes one entry of each.
a[b, c] => a[:, c] =>
    {a}[:, {c}] takes these columns of every row: {a}[{b}, {c}] takes one entry of each.
a[b, c] => a[b, 1] => Column 1 is taken for every sample: {a}[{b}, {c}].
a[b, c] => a[b, 0] => Column 0 is taken for every sample: {a}[{b}, {c}].
a[b, c] => a.max(axis=1) => The largest is taken: {a}[{b}, {c}] is that which came true.
a + b => a => {b} is missing: it is added to {a}.
a + b => b => {a} is missing: it is added to {b}.
a + b => a * b => {b} is multiplied: it is added to {a}.
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
a * b - c => a * (b - c) => Only {b} is multiplied by {a}; {c} is subtracted after.
a * b + c => a * (b + c) => Only {b} is multiplied by {a}; {c} is added after.
max(a, b) => b => {b} can be below {a}: max({a}, {b}).
max(a, b) => abs(b) => |{b}| is not max({a}, {b}).
a[:, None] => a => {a} is (n,), a row beside (n, K): {a}[:, None] makes a column of it.
np.argsort(a)[::-1] => np.arange(len(a)) => The samples are not sorted: by {a}, the highest first.
np.zeros((a, b)) => np.zeros((b, a)) => Rows and columns are exchanged: the shape is ({a}, {b}).
np.append(a, True) => np.ones(len(a) + 1, bool) =>
    Equal scores are taken one by one, so their order in the data decides: one count for all of
    them.
a ** b => a => It is not raised to the power {b}: {a} ** {b}.
a ** b => a * b => * multiplies: {a} to the power of {b} is {a} ** {b}.
a @ b => b @ a => The product is the other way round: {a} @ {b}.
a @ b => a * b => * multiplies entry by entry: {a} @ {b}.
a @ b.T => a @ b => The shapes do not fit: {a} @ {b}.T.
a.T @ b => a @ b => The shapes do not fit: {a}.T @ {b}.
a.m(axis=b) => a.m() => Taken of the whole array: axis={b} in {a}.{m}(axis={b}).
a.m(axis=0) => a.m(axis=1) => Along the wrong axis: {a}.{m}(axis=0).
a.m(axis=1) => a.m(axis=0) => Along the wrong axis: {a}.{m}(axis=1).
a.m(axis=b, keepdims=True) => a.m(axis=b) =>
    Without keepdims=True the numbers of {a}.{m}(axis={b}) are a row, (n,).
a.m(axis=1, keepdims=True) => a.m(axis=0, keepdims=True) =>
    {a}.{m} is taken over the samples: axis=1.
a.m(axis=b, keepdims=True) => a.m() => {a}.{m} is taken of the whole array: axis={b}.
a.m(b, axis=1) => a.m(b) => Without axis it runs over the samples: axis=1.
a.sum(axis=b) => a.mean(axis=b) => A mean is taken: the sum, {a}.sum(axis={b}).
a.sum(axis=b) => a => The sum is missing: {a}.sum(axis={b}).
a.mean(axis=b) => a.sum(axis=b) => A sum is taken: the mean, {a}.mean(axis={b}).
a.sum() => a.mean() => A mean is taken: the sum, {a}.sum().
a.sum() => a => The sum is missing.
np.sum(a) => np.mean(a) => A mean is taken: the sum, np.sum({a}).
np.sum(a) => a => The sum is missing: one number is asked for.
np.sum(a) => np.sum(a, axis=0) => The sum runs over one axis only.
np.mean(a) => np.sum(a) => The sum over the samples: the mean is asked for.
np.mean(a) => a => The numbers come one by one: their mean is asked for.
np.mean(a) => a[0] => Only the first sample counts: is the return inside the loop?
np.mean(a) => a[-1] => Only the last sample counts: add up in the loop.
np.mean(a) => np.sum(a[1:]) / len(a) => The first sample is left out: a loop begins at 0.
np.mean(a) => np.sum(a[:-1]) / len(a) =>
    The last sample is left out: range(n) ends at n - 1 by itself.
np.mean(a) => a[0] / len(a) => Only the first sample is counted: is the return inside the loop?
np.mean(a + b) => np.mean(a) + b => The mean ends after the first term: one bracket around both.
-np.mean(a + b) => np.mean(-a + b) => The minus is on the first term only: -(a + b), in brackets.
-np.mean(a + b) => -np.mean(a) + b =>
    The mean, and the minus, end after the first term: one bracket around both.
-np.mean(a + b) => -a - b / len(a) =>
    Only the second term is divided by n, and the sum over the samples is missing.
np.mean(-np.log(a)) => -np.log(np.mean(a)) => First the logarithm, then the mean.
np.mean(np.log(a)) => np.log(np.mean(a)) => First the logarithm, then the mean.
np.mean(a) => a / len(a) => Divided by n, but not summed over the samples: np.mean does both.
sigmoid(a) - b => (sigmoid(a) - b) * sigmoid(a) * (1 - sigmoid(a)) =>
    The factor p (1 - p) belongs to the squared error: with cross-entropy it cancels.
float(a) - b => (a - b) * a * (1 - a) =>
    The factor p (1 - p) belongs to the squared error: with cross-entropy it cancels.
softmax(a) - b => (softmax(a) - b) * softmax(a) * (1 - softmax(a)) =>
    The factor P (1 - P) belongs to the squared error: with cross-entropy it cancels.
sigmoid(a) - b => sigmoid(a - b) => {b} is subtracted inside the sigmoid: sigmoid({a}) - {b}.
sigmoid(a) - b => 2 * (sigmoid(a) - b) => Twice the residual: there is no factor 2.
sigmoid(a) - b => (sigmoid(a) - b) / 2 => Half the residual: there is no factor 1/2.
sigmoid(a) - b => (sigmoid(a) - b) / len(X) => Divided by the number of samples once too often.
softmax(a) => softmax(a.T).T => The softmax runs over the samples (axis 0): axis=1.
softmax(a) => sigmoid(a) => The sigmoid of each score: of K classes it is the softmax.
softmax(a) => one_hot(a.argmax(axis=1), a.shape[1]) =>
    Answers take the place of probabilities: softmax({a}).
sigmoid(a) => (a > 0) * 1.0 => The answer, 0 or 1, is taken for the probability: sigmoid({a}).
sigmoid(a) => (a >= 0) * 1.0 => The answer, 0 or 1, is taken for the probability: sigmoid({a}).
np.log(a) => np.log(np.clip(a, epsilon, 1 - epsilon)) =>
    The probability, {a}, is clipped to {{epsilon}}, or that is added to it.
np.log(a) => np.log(a + epsilon) => An epsilon of {{epsilon}} is added to the probability, {a}.
np.log(a) => np.log(np.maximum(a, epsilon)) =>
    The probability, {a}, is clipped from below at {{epsilon}}.
a / b => a / (b + epsilon) => An epsilon of {{epsilon}} is added to the denominator, {b}.
sigmoid(a) => np.clip(sigmoid(a), epsilon, 1 - epsilon) =>
    The sigmoid is clipped to {{epsilon}}: nothing needs it.
softmax(a) => np.clip(softmax(a), epsilon, 1 - epsilon) =>
    The probabilities are clipped to {{epsilon}}: nothing needs it.
a.std(axis=b) => a.var(axis=b) => Divided by the variance: the deviation is its square root, .std().
a.std(axis=b) => a.std(axis=b) * len(a) ** 0.5 =>
    The squares are summed: the deviation is the square root of their mean.
a.std(axis=b) => a.std(axis=b, ddof=1) => The deviation has n in its denominator, not n - 1.
np.exp(a) => np.exp(-a) => The sign of the exponent is the wrong way round: np.exp({a}).
np.exp(a) => a => exp is missing.
np.exp(a) => 2.0 ** a => A power of 2: np.exp is a power of e.
np.exp(a) => 10.0 ** a => A power of 10: np.exp is a power of e.
np.log(a) => a => The logarithm is missing.
np.abs(a) => a => {a} is needed without its sign: np.abs.
np.maximum(a, b) => a => Where {a} is 0, so is the numerator: divide by at least {b}, np.maximum.
np.maximum(a, b) => a + b => {b} is added to {a}: np.maximum makes it at least {b}.
np.minimum(a, b) => a => {a} can be above {b}: np.minimum(..., {b}).
np.where(a, 1, c) => c + 1 => 1 is added to {c} everywhere: it stands only where {a}.
np.where(a, b, c) => b => Every entry gets {b}, also where {a} does not hold: there it is {c}.
np.where(a, b, c) => c => Every entry gets {c}, also where {a}: there it is {b}.
np.where(a, b, c) => np.where(a, c, b) => Exchanged: {b} where {a}, else {c}.
np.append(a, b) => a => {b} is missing, after {a}.
np.append(a, b) => b => {a} is missing, before {b}.
np.clip(a, b, c) => a => Not clipped to [{b}, {c}].
np.clip(a, b, c) => np.maximum(a, b) => Clipped from below only: to [{b}, {c}].
a > b => a >= b => Equal numbers are taken in too: {a} > {b}, not >=.
a > b => a < b => The wrong way round: {a} > {b}.
a > b => a > 0.5 => Compared with 1/2, the threshold of probabilities: {a} > {b}.
a >= b => a < b => The wrong way round: {a} >= {b}.
a < b => a <= b => Equal numbers are taken in too: {a} < {b}, not <=.
a < b => a > b => The wrong way round: {a} < {b}.
a == b => a != b => The wrong way round: equal, not different ({a} == {b}).
a == b => a - b => The difference is taken: compare, {a} == {b}.
a.argmax() => a.argmin() => The lowest: argmax takes the highest.
a.argmin() => a.argmax() => The highest: argmin takes the lowest.
a.argmax() => len(a) - 1 - a[::-1].argmax() => Of equal numbers the last is taken: take the first.
a.argmin() => len(a) - 1 - a[::-1].argmin() => Of equal numbers the last is taken: take the first.
a.argmax(axis=1) => a.argmin(axis=1) => The lowest: argmax takes the highest.
a.argmax(axis=1) => a.max(axis=1) => max gives the number itself, argmax its place.
b[a.argmax()] => a.argmax() => A place comes out: the entry of {b} that stands there.
b[a.argmin()] => a.argmin() => A place comes out: the entry of {b} that stands there.
b[a.argmax()] => a.max() => The highest of {a} comes out: the entry of {b} in its place.
b[a.argmin()] => a.min() => The least of {a} comes out: the entry of {b} in its place.
a[::-1] => a => In the reverse order: {a}[::-1].
a[b] => a => All of {a} is taken: {a}[{b}].
a if b else c => a => As if there were no case but {b}.
a if b else c => c => As if {b} were never the case.
a.astype(b) => a => The type is not that of {b}: .astype({b}).
float(a) => [a] => One number: not an array of it.
range(a) => range(a - 1) => One time too few: range({a}) has {a} of them.
range(a) => range(a + 1) => One time too many: range({a}) has {a} of them.
range(a) => range(1) => Only the first: is the return inside the loop?
range(a) => range(0) => Nothing happens in the loop: is what it computes kept?
""")


@cache
def rules():
    """Pattern, replacement and sentence of each rule."""
    return [(expression(old), expression(new), sentence) for old, new, sentence in RULES]


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


def changes(node):
    """What may stand in the place of an expression, each with its sentence."""
    for pattern, new, sentence in rules():
        bound = {}
        if matches(pattern, node, bound):
            said = {k: v if isinstance(v, str) else ast.unparse(v) for k, v in bound.items()}
            yield Filled(bound).visit(deepcopy(new)), sentence.format(**said)
    if isinstance(node, ast.Name) and (other := EXCHANGED.get(node.id)):
        yield ast.Name(other, ast.Load()), f"{other} stands where {node.id} should."
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BOOK:
        for argument in node.args:
            yield argument, f"{node.func.id} is missing: {ast.unparse(node)}."
    for first, second in pairwise(node.args if isinstance(node, ast.Call) else ()):
        turned = {first: second, second: first}
        exchanged = ast.Call(node.func, [turned.get(a, a) for a in node.args], node.keywords)
        said = f"{ast.unparse(first)} comes before {ast.unparse(second)}"
        yield exchanged, f"Exchanged: {said} in {ast.unparse(node)}."


@cache
def mutants(name, deep=True):
    """Pairs of a function and a sentence: the textbook's function with one thing changed.

    If `deep`, those that it calls are changed too, since one may have written them into it.
    """
    tree = ast.parse(inspect.getsource(BOOK[name]))
    definition = tree.body[0]
    definition.body = definition.body[1:]  # without its docstring
    for node, put in list(places(tree)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "float":
            put(node.args[0])  # it would refuse what a slip makes of it
    found = []
    for code, sentence in changed_in_one_place(tree):
        scope = dict(vars(textbook))
        exec(code, scope)
        found.append((scope[name], sentence))
    for callee in BOOK.keys() & set(BOOK[name].__code__.co_names) if deep else ():
        for function, sentence in mutants(callee, False):
            scope = vars(textbook) | {callee: function}
            right = BOOK[name]
            own = FunctionType(right.__code__, scope, name, right.__defaults__)
            own.__kwdefaults__ = right.__kwdefaults__
            found.append((own, f"{BLAMED.format(callee)} {sentence}"))
    return found


@cache
def changed_ways(exercise):
    """Pairs of code and a sentence: other right formulas of the record, with one thing changed."""
    found = []
    for source in exercise.ways.strip().splitlines():
        found += changed_in_one_place(assigned(source))
    return found


def changed_in_one_place(tree):
    """Pairs of code and a sentence."""
    found = []

    def add(sentence):
        found.append((compile(ast.fix_missing_locations(deepcopy(tree)), "", "exec"), sentence))

    axes = [k.value for k in ast.walk(tree) if isinstance(k, ast.keyword) and k.arg == "axis"]
    if axes and len({axis.value for axis in axes}) == 1:  # first, since it is more than one of them
        right = axes[0].value
        for axis in axes:
            axis.value = 1 - right
        add(f"Along the wrong axis: axis={right}.")
        for axis in axes:
            axis.value = right
    for node, put in list(places(tree)):
        for new, sentence in changes(node):
            put(new)
            add(sentence)
            put(node)
    for node in list(ast.walk(tree)):
        body = getattr(node, "body", None)
        for new, sentence in reordered(body) if isinstance(body, list) else ():
            body[:], old = new, list(body)
            add(sentence)
            body[:] = old
    return found


def reordered(body):
    """Statements in another order, before a loop, in it or after it, each with its sentence."""
    for i, (first, second) in enumerate(pairwise(body)):
        before, after = body[:i], body[i + 2 :]
        told = f"`{ast.unparse(first).splitlines()[0]}`"
        yield [*before, second, first, *after], f"{told} comes earlier, before anything changes."
        if isinstance(second, ast.For):
            inside = with_body(second, [first, *second.body])
            yield [*before, inside, *after], f"{told} stands before the loop, once."
        if isinstance(first, ast.For):
            inside = with_body(first, [*first.body, second])
            yield [*before, inside, *after], "The return is inside the loop: after it."
    for i, outer in enumerate(body):
        if not (isinstance(outer, ast.For) and isinstance(outer.body[0], ast.For)):
            continue
        inner = outer.body[0]
        exchanged = with_body(inner, [with_body(outer, inner.body)])
        yield (
            [*body[:i], exchanged, *body[i + 1 :]],
            f"The loops are exchanged: `for {ast.unparse(outer.target)} in"
            f" {ast.unparse(outer.iter)}` is the outer one.",
        )


def with_body(loop, body):
    return ast.For(loop.target, loop.iter, body, [])
