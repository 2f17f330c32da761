"""Every slip of the catalogue is wrong, and told by its own sentence and no other's."""

import inspect

import pytest

from scratch.exercises.calls import Raised
from scratch.exercises.catalogue import EXERCISES
from scratch.exercises.expressions import compiled, evaluate, parsed
from scratch.exercises.report import examine

SLIPS = [(name, *slip) for name in EXERCISES for slip in parsed(EXERCISES[name].slips)]


def function_of(exercise, source, epsilon=1e-6):
    """A learner's function that makes a slip."""
    code, signature = compiled(source), inspect.Signature(exercise.parameters.values())

    def function(*args, **named):
        bound = signature.bind(*args, **named)
        bound.apply_defaults()
        value = evaluate(exercise, code, {**bound.arguments, "epsilon": epsilon})
        if isinstance(value, Raised):
            raise value.error
        return value

    return function


@pytest.mark.parametrize(
    ("name", "source", "sentence"), SLIPS, ids=lambda v: v[:40].encode("ascii", "replace").decode()
)
def test_a_slip_is_refused_with_its_own_sentence(name, source, sentence):
    exercise = EXERCISES[name]
    epsilons = (1e-6, 1e-3, 1e-9) if "epsilon" in compiled(source).co_names else (0,)
    for epsilon in epsilons:
        report = examine(function_of(exercise, source, epsilon), name)
        assert not report, "it is right"
        reason = report.outcomes[-1].broken.reason
        told = reason == sentence.replace("{epsilon}", f"{epsilon:.3g}")
        if told:
            return
    pytest.fail(f"{source}\n{report}\n--- wanted: {sentence}")
