"""``python -m scratch``: the chapter; with ``exercises``, ``check``, ``grade``: learn by doing."""

import os
import sys


def main(argv: list[str] | None = None) -> int:
    """Run the command that the first argument names, or tell the chapter.

    Parameters
    ----------
    argv : list of str, default=None
        The arguments; None means the process's own.

    Returns
    -------
    int
        Exit status.
    """
    argv = sys.argv[1:] if argv is None else argv
    if argv[:1] in (["exercises"], ["check"], ["grade"]):
        if sys.path[:1] == [os.getcwd()]:  # a random.py there must not be NumPy's random
            del sys.path[0]
        from scratch.exercises.command import main as run
    else:
        from scratch.chapter.command import main as run
    return run(argv)


if __name__ == "__main__":
    sys.exit(main())
