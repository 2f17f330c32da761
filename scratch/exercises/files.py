"""A learner's file or module, loaded; what goes wrong there is told with their own lines."""

import importlib
import importlib.util
import sys
import traceback
from pathlib import Path


class LoadError(Exception):
    """A file or module can't be imported; the message is the traceback, shortened to it."""


def load_file(path):
    """Import a file by its path, as `python FILE` finds its neighbours: their folder comes first.

    Raises
    ------
    LoadError
        If there is no such file, or it raises an error.
    """
    path = Path(path).resolve()
    if not path.is_file():
        raise LoadError(f"there is no file {path.name} in {path.parent}")
    spec = importlib.util.spec_from_file_location(f"_exercises_in_{path.stem}", path)
    if spec is None:
        raise LoadError(f"{path.name} is no Python file: its name does not end in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    _run(lambda: spec.loader.exec_module(module), path.parent)
    return module


def load_object(name):
    """Import what ``module:name`` names, from the current folder or what is installed.

    Raises
    ------
    LoadError
        If there is no such module or name, or the module raises an error.
    """
    module, separator, attribute = name.partition(":")
    if not separator or not attribute:
        raise LoadError(f"{name!r} is not of the form module:Class")
    if module.endswith(".py"):
        loaded = load_file(module)
    else:
        loaded = _run(lambda: importlib.import_module(module), Path.cwd())
    if not hasattr(loaded, attribute):
        raise LoadError(f"{module} has no {attribute}")
    return getattr(loaded, attribute)


def _run(load, folder):
    sys.path.insert(0, str(folder))
    try:
        return load()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit too: a file that ends the process
        raise LoadError(_told(error, folder)) from None


def _told(error, folder):
    told = traceback.TracebackException.from_exception(error)
    own = [frame for frame in told.stack if Path(frame.filename).is_relative_to(folder)]
    lines = traceback.StackSummary.from_list(own).format() if own else []
    start = ["Traceback (most recent call last):\n"] if own else []
    return "".join([*start, *lines, *told.format_exception_only()]).rstrip()
