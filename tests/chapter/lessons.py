"""The chapter on the bundled digits, computed once for all tests."""

import functools

from scratch.chapter.compute import compute


@functools.cache
def lesson_on_digits():
    return compute("digits", seed=0)
