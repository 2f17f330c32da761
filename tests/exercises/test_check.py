"""`check` and `laws`: a function of one's own, in a session, a notebook or a test suite."""

import sys
from html.parser import HTMLParser
from types import SimpleNamespace

import numpy as np
import pytest

from scratch import textbook
from scratch.exercises import check, laws


def sum_for_mean(z, y):
    return np.sum(np.logaddexp(0, np.where(y == 1, -z, z)))


def test_what_is_right_is_true_and_printed(capsys):
    report = check(textbook.sigmoid)
    assert report
    said = capsys.readouterr().out
    assert said == f"{report}\n"
    assert said.count("✓") == len(laws("sigmoid"))
    assert (
        repr(report) == f"<5  sigmoid: {len(laws('sigmoid'))} of {len(laws('sigmoid'))} laws hold>"
    )


def test_what_is_wrong_is_false_with_the_law_the_example_and_the_reason(capsys):
    report = check(sum_for_mean, "binary_cross_entropy")
    assert not report
    said = capsys.readouterr().out
    assert "✗ an even chance costs" in said
    assert "z = np.array([0.0, 0.0, 0.0])" in said
    assert "The sum over the samples" in said
    assert "deeper laws not tried yet" in said


def test_what_is_not_written_is_neither():
    def softmax(Z):
        raise NotImplementedError

    report = check(softmax)
    assert not report
    assert "not written yet" in str(report)


def test_a_name_that_is_no_exercise_is_told():
    with pytest.raises(ValueError, match=r"which exercise is 'sum_for_mean'\?"):
        check(sum_for_mean)
    with pytest.raises(ValueError, match="did you mean 'softmax'"):
        check(sum_for_mean, "softmaks")
    with pytest.raises(ValueError, match="no exercise is called 'x'"):
        laws("x")


@pytest.mark.parametrize("law", laws("softmax"), ids=str)
def test_laws_are_cases_for_a_test_suite(law):
    assert str(law).startswith("softmax: ")
    law(textbook.softmax)


def test_a_broken_law_is_an_assertion_error_with_everything_in_it():
    law = next(law for law in laws("binary_cross_entropy") if "even chance" in law.sentence)
    with pytest.raises(AssertionError, match=r"gives      2\.07944") as caught:
        law(sum_for_mean)
    assert "should be  0.693147" in str(caught.value)
    assert "The sum over the samples" in str(caught.value)


def test_laws_leave_no_trace_and_need_no_luck():
    np.random.seed(5)  # noqa: NPY002
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    first, second = (str(check(shuffled_globally, "minibatches")) for _ in range(2))
    assert [line for line in first.splitlines() if "✓" in line] == [
        line for line in second.splitlines() if "✓" in line
    ]
    np.random.seed(5)  # noqa: NPY002
    check(textbook.minibatches)
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002


def shuffled_globally(n_samples, batch_size, rng):
    return np.split(
        np.random.permutation(n_samples),  # noqa: NPY002
        range(batch_size, n_samples, batch_size),
    )


def test_an_error_is_shown_with_the_line_that_raised_it():
    def softmax(Z):
        e = np.exp(Z)
        return e / e.sum(axis=1)

    said = str(check(softmax))
    assert "raises     ValueError: operands could not be broadcast" in said
    assert "return e / e.sum(axis=1)" in said
    assert "keepdims=True" in said


def test_an_error_inside_of_numpy_is_shown_with_the_learners_innermost_line():
    def inverse(Z):
        return np.linalg.inv(0 * Z[:1, :1])

    def softmax(Z):
        return inverse(Z)

    said = str(check(softmax))
    assert "raises     LinAlgError: Singular matrix" in said
    assert "return np.linalg.inv(0 * Z[:1, :1])" in said
    assert "raise LinAlgError" not in said


# Not in one table: a report shows the line that failed, and so would show the sentence too.
WRONG = [
    lambda Z: Z[:, Z.shape[1]],
    lambda Z: Z.tolist()[len(Z)],
    lambda Z: Z[0.5],
    lambda Z: Z[0, 0, 0],
    lambda Z: Z[np.ones(len(Z) + 1, bool)],
    lambda Z: {}[0],
]
SENTENCES = [
    "An index beyond the end",
    "An index beyond the end",
    "An index is a whole number",
    "The array has fewer axes",
    "A mask must be as long",
    "This key is not in the dictionary",
]


@pytest.mark.parametrize(("wrong", "sentence"), list(zip(WRONG, SENTENCES, strict=True)))
def test_each_error_of_an_index_has_its_own_sentence(wrong, sentence):
    assert sentence in " ".join(str(check(wrong, "softmax")).split())


class Balanced(HTMLParser):
    """Every tag that opens closes."""

    def __init__(self, text):
        super().__init__()
        self.open, self.words = [], []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def test_a_report_is_html_in_a_notebook():
    def accuracy(y_true, y_pred):
        raise ValueError("<b>bold & wrong</b>")

    text = " ".join(Balanced(check(accuracy)._repr_html_()).words)
    assert "✗" in text
    assert "<b>bold & wrong</b>" in text  # as text: it was escaped
    assert "deeper laws not tried yet" in " ".join(
        Balanced(check(sum_for_mean, "binary_cross_entropy")._repr_html_()).words
    )


def test_a_notebook_shows_a_report_once_a_cell(monkeypatch, capsys):
    shell = SimpleNamespace(kernel=object(), execution_count=1)
    rendered = []
    display = SimpleNamespace(display=lambda data, raw: rendered.append(data))
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    report = check(textbook.accuracy)
    report._ipython_display_()  # as the cell's last value
    assert rendered == [{"text/html": report._repr_html_(), "text/plain": str(report)}]
    shell.execution_count = 2
    report._ipython_display_()  # asked for again, in another cell
    assert len(rendered) == 2
    assert capsys.readouterr().out == ""


def test_the_names_stay_functions_after_the_laws_are_loaded():
    from scratch import exercises

    exercises.laws("sigmoid")
    assert callable(exercises.laws)
    assert callable(exercises.check)


def test_what_is_not_written_is_told_in_a_notebook_and_by_its_repr(capsys):
    def softmax(Z):
        raise NotImplementedError

    report = check(softmax)
    assert "not written yet" in repr(report)
    assert "<p>not written yet" in report._repr_html_()
    capsys.readouterr()
    report._ipython_display_()  # in IPython on a terminal
    assert capsys.readouterr().out == f"{report!r}\n"
